// The text box: files dropped on it, an example, and a word while the text is read. Without this script the form works.
(() => {
  "use strict";
  const form = document.getElementById("box");
  if (!form) return;
  const area = form.elements.text, state = document.getElementById("state"), go = document.getElementById("go");
  const example = document.getElementById("example"), file = form.elements.file;
  example.hidden = false;
  example.addEventListener("click", () => { area.value = example.dataset.text; area.focus(); });

  form.addEventListener("submit", () => { go.disabled = true; state.textContent = "Reading …"; });
  addEventListener("pageshow", () => { go.disabled = false; });
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });

  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => { event.preventDefault(); form.classList.add("over"); });
  }
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    const dropped = event.dataTransfer;
    if (dropped.files.length) {
      area.value = "";
      file.files = dropped.files;
      form.requestSubmit();
    } else area.value = dropped.getData("text");
  });
})();
