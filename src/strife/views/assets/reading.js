// The card of a claim beside its passage, and the list in step with the text. Without this script the links still work.
(() => {
  "use strict";
  const card = document.createElement("div");
  card.id = "card";
  card.className = "strife float";
  card.setAttribute("role", "tooltip");
  card.hidden = true;
  document.body.append(card);

  const passages = new Map(); // id of a claim's entry -> its passages in the text
  const prefix = (passage) => passage.id.slice(0, passage.id.lastIndexOf("t"));
  const ids = (passage) => passage.dataset.claims.split(" ").map((number) => `${prefix(passage)}c${number}`);
  for (const passage of document.querySelectorAll("a.passage")) {
    passage.removeAttribute("title"); // the card says it better
    for (const id of ids(passage)) {
      if (!passages.has(id)) passages.set(id, []);
      passages.get(id).push(passage);
    }
  }

  const beside = (entry) => getComputedStyle(entry.closest("aside")).position === "sticky";
  let lit = [], chosen = null, shown = null, timer = 0;

  function light(id) {
    for (const one of lit) one.classList.remove("on", "core");
    const entry = document.getElementById(id);
    lit = entry ? [entry, ...(passages.get(id) || [])] : [];
    const number = id ? id.slice(id.lastIndexOf("c") + 1) : "";
    for (const one of lit) {
      one.classList.add("on");
      if ((one.dataset.core || "").split(" ").includes(number)) one.classList.add("core");
    }
    return entry;
  }

  function head(entry) {
    const div = document.createElement("div");
    div.className = "head";
    div.append(...[...entry.querySelector("summary").childNodes].map((node) => node.cloneNode(true)));
    return div;
  }

  function fill(passage, id) {
    const all = ids(passage).map((one) => document.getElementById(one));
    const first = document.getElementById(id);
    card.replaceChildren(head(first), first.querySelector(".record").cloneNode(true));
    const others = all.filter((one) => one !== first);
    card.append(...others.map(head));
    if (others.length) {
      const more = document.createElement("div");
      more.className = "more";
      more.textContent = `${all.length} claims here: click or press Enter for the next`;
      card.append(more);
    }
    for (const link of card.querySelectorAll("a")) link.tabIndex = -1;
  }

  const sheet = matchMedia("(max-width: 640px)"); // there the card lies at the foot of the screen

  function place(passage, x) {
    if (sheet.matches) return;
    const boxes = [...passage.getClientRects()];
    const box = boxes[boxes.length - 1];
    const columns = passage.closest(".columns"), list = columns.querySelector("aside");
    const edge = beside(list) ? list.getBoundingClientRect().left : innerWidth; // the list stays in sight
    const left = Math.max(12, Math.min((x ?? box.left) - 40, edge - card.offsetWidth - 12));
    const below = box.bottom + 12, above = boxes[0].top - 8;
    card.style.maxHeight = "";
    const fits = below + card.offsetHeight < innerHeight - 8;
    const under = fits || innerHeight - below > above; // else above; it never covers its own passage
    if (!fits) card.style.maxHeight = `${Math.max(96, under ? innerHeight - below - 8 : above - 8)}px`;
    card.style.left = `${left}px`;
    card.style.top = `${under ? below : Math.max(8, above - card.offsetHeight)}px`;
  }

  function show(passage, x) {
    clearTimeout(timer);
    const here = ids(passage);
    const id = here.includes(chosen) ? chosen : here[0];
    if (shown) shown.removeAttribute("aria-describedby");
    shown = passage;
    fill(passage, id);
    card.hidden = false;
    card.scrollTop = 0;
    place(passage, x);
    passage.setAttribute("aria-describedby", "card");
    light(id);
  }

  function hide() {
    clearTimeout(timer);
    card.hidden = true;
    if (shown) shown.removeAttribute("aria-describedby");
    shown = null;
    light(chosen);
  }

  const later = () => { clearTimeout(timer); timer = setTimeout(hide, 200); };

  function choose(passage, x) { // a click on a passage: its first claim, then the next of them
    const here = ids(passage);
    chosen = here[(here.indexOf(chosen) + 1) % here.length];
    show(passage, x);
    const hidden = passage.getBoundingClientRect().bottom - innerHeight + card.offsetHeight + 24;
    if (sheet.matches && hidden > 0) scrollBy(0, hidden);
    const entry = document.getElementById(chosen);
    if (!beside(entry)) return;
    const aside = entry.closest("aside");
    aside.scrollTop += entry.getBoundingClientRect().top - aside.getBoundingClientRect().top - 60;
  }

  const passageOf = (event) => event.target.closest?.("a.passage");
  const entryOf = (event) => event.target.closest?.("li.claim");
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return; // a card under the finger would take the click
    const passage = passageOf(event), entry = entryOf(event);
    if (passage) { if (passage !== shown) show(passage, event.clientX); else clearTimeout(timer); }
    else if (card.contains(event.target)) clearTimeout(timer);
    else if (!card.hidden) { if (!sheet.matches) later(); }
    else light(entry ? entry.id : chosen);
  });
  document.addEventListener("focusin", (event) => {
    const passage = passageOf(event), entry = entryOf(event);
    if (card.contains(event.target)) return;
    if (passage) { if (passage !== shown && passage.matches(":focus-visible")) show(passage); } else { hide(); if (entry) light(entry.id); }
  });
  document.addEventListener("click", (event) => {
    const passage = passageOf(event), entry = entryOf(event);
    if (passage) {
      event.preventDefault();
      choose(passage, event.detail ? event.clientX : undefined);
    } else if (entry && event.target.closest("summary")) {
      chosen = entry.id;
      light(chosen);
      const first = passages.get(chosen)?.[0];
      if (first && beside(entry)) first.scrollIntoView({ block: "center" });
    } else if (!card.contains(event.target) && !card.hidden) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    chosen = null;
    hide();
  });
  addEventListener("scroll", () => { if (shown && !card.hidden) place(shown, parseFloat(card.style.left) + 40); }, { passive: true });

  function follow() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const entry = target?.closest("li.claim"); // by its number on the page, or by the claim's id
    if (!entry) return;
    entry.querySelector(":scope > details").open = true;
    if (target === entry) return;
    chosen = entry.id;
    light(chosen);
    entry.scrollIntoView({ block: "center" });
    if (beside(entry)) passages.get(chosen)?.[0].scrollIntoView({ block: "center" });
  }
  addEventListener("hashchange", follow);
  follow();
})();
