// Decisions by key and button in the reading view. Without this script the buttons send a form, and "correct" is a page.
(() => {
  "use strict";
  const form = document.getElementById("decide"), said = document.getElementById("said");
  if (!form) return;
  const KEYS = { a: "accept", x: "reject", c: "correct", u: "undo" };
  const escape = (id) => CSS.escape(id);

  function say(text, bad) {
    said.textContent = text;
    said.classList.toggle("bad", Boolean(bad));
    clearTimeout(say.timer);
    say.timer = setTimeout(() => { said.textContent = ""; }, bad ? 12000 : 4000);
  }

  function current() { // the claim that is chosen, lit or focused
    const entry = document.activeElement?.closest?.("li.claim") || document.querySelector("li.claim.on");
    return entry?.querySelector(".acts");
  }

  function mark(claim, state, undo) { // in the list, and in the card where it shows a copy
    for (const acts of document.querySelectorAll(`.acts[data-claim="${escape(claim)}"]`)) {
      acts.dataset.state = state;
      acts.querySelector(".state").textContent = state;
      acts.querySelector("[value^='undo:']").hidden = !undo;
    }
  }

  async function send(acts, action, more = {}) {
    const body = new URLSearchParams({ token: form.elements.token.value, do: `${action}:${acts.dataset.claim}`, ...more });
    try {
      const answer = await fetch("/decide", { method: "POST", body, headers: { Accept: "application/json" } });
      const found = await answer.json();
      if (!answer.ok) { say(found.error, true); return false; }
      mark(found.claim, found.state, found.undo);
      dispatchEvent(new Event("scroll")); // the card may have grown: it finds its place again
      say(found.undone ? `Taken back: ${found.did}` : `${found.state || found.did}. Press u to undo.`);
      if (found.did === "correct") { location.hash = acts.dataset.claim; location.reload(); }
      return true;
    } catch {
      say("The server does not answer. Is strife serve still running?", true);
      return false;
    }
  }

  const dialog = document.getElementById("correct");
  function correct(acts) {
    if (!dialog) { location.href = acts.querySelector("a.button").href; return; }
    const entry = acts.closest("li.claim");
    const type = ["event", "control", "relation", "figure", "statement"].find((one) => entry.classList.contains(one));
    for (const option of dialog.querySelectorAll("option")) option.hidden = option.disabled = !option.dataset.types.split(" ").includes(type);
    const select = dialog.querySelector("select");
    select.value = [...select.options].find((option) => !option.disabled).value;
    dialog.querySelector(".what").textContent = entry.querySelector(".deed").textContent;
    dialog.dataset.claim = acts.dataset.claim;
    hint();
    dialog.showModal();
    dialog.querySelector("[name=value]").select();
  }
  function hint() {
    const option = dialog.querySelector("select").selectedOptions[0];
    dialog.querySelector(".hint").textContent = option.dataset.hint;
  }
  dialog?.querySelector("select").addEventListener("change", hint);
  dialog?.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (event.submitter?.value === "cancel") { dialog.close(); return; }
    const acts = document.querySelector(`.acts[data-claim="${escape(dialog.dataset.claim)}"]`);
    const fields = new FormData(event.target);
    dialog.close();
    await send(acts, "correct", { field: fields.get("field"), value: fields.get("value"), note: fields.get("note") });
  });

  function act(acts, action) {
    if (action === "correct") correct(acts);
    else if (action !== "undo" || !acts.querySelector("[value^='undo:']").hidden) send(acts, action);
    else say("There is no decision to take back on this claim.");
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".acts button, .acts a.button");
    if (!button || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const claim = button.closest(".acts").dataset.claim; // it may be a copy in the card
    const acts = document.querySelector(`li.claim .acts[data-claim="${escape(claim)}"]`);
    act(acts, button.matches("a") ? "correct" : button.value.split(":")[0]);
  });
  document.addEventListener("keydown", (event) => {
    const action = KEYS[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
    const acts = current();
    if (!acts) { say("Choose a claim first: Tab to one, or click it."); return; }
    event.preventDefault();
    act(acts, action);
  });
})();
