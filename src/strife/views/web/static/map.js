// The map: marks in clusters, a brush of days, who holds what on a day. Names of documents are only ever set as text.
(() => {
  "use strict";
  const root = document.getElementById("map");
  if (!root || !window.L) return;
  const $ = (id) => document.getElementById(id);
  const { layer, points, on, first, last } = root.dataset;
  const DAY = 86400000, GRID = 54, LISTED = 60, FINE = 6, SVG = "http://www.w3.org/2000/svg";
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const dayOf = (text) => Math.floor(Date.parse(text) / DAY);
  const wordsOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);

  // --- elements ---------------------------------------------------------------------------------------------------
  function node(name, text, parts = {}) {
    const made = document.createElement(name);
    if (text !== undefined && text !== null) made.textContent = text;
    for (const [key, value] of Object.entries(parts)) made.setAttribute(key, value);
    return made;
  }
  function svg(name, parts, ...children) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(parts)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }
  const CORNERS = { coercion: [4, 45, 1.2], posture: [3, 90, 1.3], protest: [3, -90, 1.3], dealing: [4, 0, 1.2], words: [6, 0, 1.08], control: [5, -90, 1.15] };
  function form(family, filling, r = 5.5) { // as strife.views.svg.look draws them
    const look = { class: "form", stroke: "currentColor", "stroke-width": 1.5, fill: filling === "solid" || filling === "tint" ? "currentColor" : "none" };
    if (filling === "tint") look["fill-opacity"] = 0.3;
    if (filling === "open") look["stroke-dasharray"] = "2.5 1.8";
    const group = svg("g", { class: family });
    if (CORNERS[family]) {
      const [number, start, reach] = CORNERS[family], spots = [];
      for (let step = 0; step < number; step++) {
        const turn = (start + 360 * step / number) * Math.PI / 180;
        spots.push(`${(r * reach * Math.cos(turn)).toFixed(2)} ${(r * reach * Math.sin(turn)).toFixed(2)}`);
      }
      group.append(svg("path", { ...look, d: `M${spots.join("L")}Z`, "stroke-linejoin": "round" }));
    } else if (family === "other") {
      const a = r * 1.1, b = r * 0.38;
      group.append(svg("path", { ...look, d: `M${-b} ${-a}H${b}V${-b}H${a}V${b}H${b}V${a}H${-b}V${b}H${-a}V${-b}H${-b}Z` }));
    } else group.append(svg("circle", { ...look, r }));
    if (filling === "dot") group.append(svg("circle", { r: Math.max(1.4, r * 0.36), fill: "currentColor" }));
    if (filling === "barred") group.append(svg("path", { d: `M${-r * 1.5} 0H${r * 1.5}`, stroke: "currentColor", "stroke-width": 1.8 }));
    return group;
  }
  const drawing = (half, ...children) => svg("svg", { class: "chart mark", viewBox: `${-half} ${-half} ${2 * half} ${2 * half}`, "aria-hidden": "true" }, ...children);
  for (const one of document.querySelectorAll("#key [data-family]")) one.prepend(drawing(9, form(one.dataset.family, "solid")));
  for (const one of document.querySelectorAll("#key [data-filling]")) one.prepend(drawing(9, form("violence", one.dataset.filling)));

  // --- the base map -----------------------------------------------------------------------------------------------
  const probe = document.body.appendChild(svg("svg", { class: "chart", width: 0, height: 0, "aria-hidden": "true" }));
  const colour = (name) => getComputedStyle(probe).getPropertyValue(name).trim();
  const map = L.map(root, { minZoom: 2, maxZoom: 13, worldCopyJump: true, zoomSnap: 0.5, zoomControl: true, fadeAnimation: false });
  map.attributionControl.setPrefix(false);
  for (const [name, z] of [["base", 200], ["areas", 350], ["towns", 450]]) map.createPane(name).style.zIndex = z;
  map.getPane("towns").style.pointerEvents = "none";
  const canvas = L.canvas({ pane: "base", padding: 0.5 }), overCanvas = L.canvas({ pane: "areas", padding: 0.5 });
  const LETTER = new Map([..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"].map((letter, number) => [letter, number]));
  let grid = 400;
  function line(text) { // strife.views.svg.outline: differences in base 32
    const found = [];
    let x = 0, y = 0, value = 0, shift = 0, across = true;
    for (const letter of text) {
      const digit = LETTER.get(letter);
      value |= (digit & 31) << shift;
      shift += 5;
      if (digit >= 32) continue;
      const step = value & 1 ? ~(value >> 1) : value >> 1;
      if (across) x += step;
      else { y += step; found.push([y / grid, x / grid]); }
      across = !across; value = 0; shift = 0;
    }
    return found;
  }
  const drawn = []; // base layers with the names of their colours, for light and dark
  function styled(made, look) { drawn.push([made, look]); made.setStyle(look()); return made; }
  const land = () => ({ color: colour("--c-border"), weight: 1, fillColor: colour("--c-land"), fillOpacity: 1 });
  const inner = () => ({ color: colour("--c-line"), weight: 0.7, fillColor: colour("--c-land"), fillOpacity: 1 });
  const area = { renderer: canvas, interactive: false, smoothFactor: 0.6 };
  const coarse = new Map(), loaded = new Set();
  let world = null;
  async function get(address) {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    const found = await answer.json();
    if (!answer.ok) throw new Error(found.error || answer.status);
    return found;
  }
  async function ground() {
    world = await get("/map/base/world.json");
    grid = world.grid;
    for (const one of world.countries) {
      const made = styled(L.polygon(one.rings.map((ring) => [line(ring)]), area), land).addTo(map);
      if (one.iso) coarse.set(one.iso, made);
      const shape = made.getBounds();
      one.middle = shape.getCenter(); one.wide = shape.getEast() - shape.getWest();
    }
    for (const one of world.disputed) {
      const look = () => ({ color: colour("--c-border"), weight: 1.2, dashArray: "5 4" });
      styled(L.polyline(line(one), { ...area }), look).addTo(map);
    }
    map.attributionControl.addAttribution("Natural Earth, public domain");
    $("source").textContent = world.source;
  }
  function finer() { // outlines with divisions for the countries in sight
    if (!world || !root.dataset.placed || map.getZoom() < FINE) return;
    const sight = map.getBounds();
    for (const one of world.fine) {
      if (loaded.has(one.number)) continue;
      const seen = one.boxes.some(([w, s, e, n]) => sight.intersects([[s, w], [n, e]]));
      if (!seen) continue;
      loaded.add(one.number);
      get(`/map/base/${one.number}.json`).then((found) => {
        coarse.get(one.iso)?.remove();
        for (const part of found.divisions) styled(L.polygon(part.rings.map((ring) => [line(ring)]), area), inner).addTo(map).bringToBack();
      }).catch(() => loaded.delete(one.number));
    }
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { for (const [made, look] of drawn) made.setStyle(look()); bars(); });

  // --- names of towns and countries, as one comes nearer ------------------------------------------------------------
  const names = L.layerGroup().addTo(map);
  let asked = "";
  async function towns() {
    const zoom = map.getZoom(), sight = map.getBounds().pad(-0.02), taken = [];
    const box = [Math.max(-180, sight.getWest()), Math.max(-90, sight.getSouth()), Math.min(180, sight.getEast()), Math.min(90, sight.getNorth())];
    const here = box.map((edge) => edge.toFixed(2)).join(",");
    if (here === asked || box[0] >= box[2]) return;
    asked = here;
    let rows = [];
    try { rows = zoom >= 4 ? (await get(`/map/towns.json?box=${here}`)).rows : []; } catch { return; }
    if (asked !== here) return;
    names.clearLayers();
    const put = (text, at, kind) => {
      const { x, y } = map.latLngToContainerPoint(at), wide = text.length * (kind ? 8 : 6) + 10;
      const own = [x - (kind ? wide / 2 : 4), y - 8, x + (kind ? wide / 2 : wide), y + 8];
      if (taken.some((one) => own[0] < one[2] && one[0] < own[2] && own[1] < one[3] && one[1] < own[3])) return;
      taken.push(own);
      const label = node("span", text, { class: `town${kind}`, "aria-hidden": "true" });
      names.addLayer(L.marker(at, { pane: "towns", interactive: false, keyboard: false, icon: L.divIcon({ className: "", html: label, iconSize: [0, 0], iconAnchor: [kind ? wide / 2 : 2, 6] }) }));
    };
    if (world && zoom < 8) for (const one of world.countries) if (sight.contains(one.middle) && one.wide * 2 ** zoom > one.name.length * 14) put(one.name, one.middle, " land");
    for (const [name, lat, lon] of rows) put(name, [lat, lon], "");
  }

  // --- marks ----------------------------------------------------------------------------------------------------
  const marks = L.layerGroup().addTo(map), areas = L.layerGroup().addTo(map);
  let data = null, from = -Infinity, until = Infinity, shown = [];
  const inTime = (i) => (data.start[i] === null ? from === -Infinity && until === Infinity : data.end[i] >= from && data.start[i] <= until);
  const title = (i) => [data.start[i] === null ? "" : wordsOf(data.start[i]), data.whats[data.what[i]], data.places[data.place[i]]].filter(Boolean).join(" · ");
  const page = (i) => `/${layer}/${encodeURIComponent(data.id[i])}`;
  function icon(half, className, ...children) {
    const box = node("div");
    box.append(drawing(half, ...children));
    return L.divIcon({ className, html: box.firstChild, iconSize: [2 * half, 2 * half] });
  }
  function cluster() { // one mark for each square of a grid; what is known only roughly keeps to itself
    const zoom = map.getZoom(), sight = map.getBounds().pad(0.3), squares = new Map();
    let inSight = 0, inAll = 0;
    const near = map.getBounds();
    shown = [];
    for (let i = 0; i < data.id.length; i++) {
      if (!inTime(i)) continue;
      inAll++;
      const at = L.latLng(data.lat[i], data.lon[i]);
      if (!sight.contains(at)) continue;
      if (near.contains(at)) { inSight++; shown.push(i); }
      const spot = map.project(at, zoom), rough = data.reach[data.precision[i]];
      const key = `${rough ? "r" : ""}${Math.floor(spot.x / GRID)},${Math.floor(spot.y / GRID)}`;
      const square = squares.get(key);
      if (square) { square.own.push(i); square.lat += at.lat; square.lng += at.lng; }
      else squares.set(key, { own: [i], lat: at.lat, lng: at.lng, rough });
    }
    marks.clearLayers();
    areas.clearLayers();
    for (const square of squares.values()) place(square);
    count(inSight, inAll);
    list();
  }
  function place({ own, lat, lng, rough }) {
    const at = [lat / own.length, lng / own.length], i = own[0];
    const many = own.length > 1, half = many ? Math.min(11 + Math.sqrt(own.length) * 0.6, 22) : 9;
    const words = many ? `${own.length} ${layer}${rough ? ", roughly" : ""}: ${data.places[data.place[i]]}${own.some((one) => data.place[one] !== data.place[i]) ? " and around" : ""}` : title(i);
    const face = svg("circle", { r: half - 1, class: "paper ink", "stroke-width": 1.4, "stroke-dasharray": rough ? "3 2" : "none" });
    const made = many
      ? icon(half, "mark", face, Object.assign(svg("text", { y: 4, "text-anchor": "middle" }), { textContent: own.length > 9999 ? `${Math.round(own.length / 1000)}k` : own.length }))
      : icon(half, "mark", form(data.families[data.family[i]], data.fillings[data.filling[i]]));
    const marker = L.marker(at, { icon: made, title: words, alt: words, riseOnHover: true, zIndexOffset: rough ? -1000 : 0 });
    marker.on("click keypress", (event) => { if (event.type === "click" || event.originalEvent.key === "Enter") open(own, at, rough); });
    marks.addLayer(marker);
    if (rough) roughly(own, marker);
  }
  function roughly(own, marker) { // the area in which it lies: of one place always, of several while one points at them
    const spots = new Map(own.map((i) => [`${data.lat[i]},${data.lon[i]}`, i]));
    const rings = [...spots.values()].slice(0, 8).map((i) => L.circle([data.lat[i], data.lon[i]], {
      renderer: overCanvas, radius: data.reach[data.precision[i]] * 1000, interactive: false, color: colour("--c-soft"), weight: 1.2, dashArray: "4 5", fillOpacity: 0.06,
    }));
    const metres = data.reach[data.precision[own[0]]] * 1000, [lat] = [data.lat[own[0]]];
    const wide = metres / (40075017 * Math.cos(lat * Math.PI / 180) / 2 ** (map.getZoom() + 8)); // pixels
    if (rings.length === 1 && wide > 14 && wide < 120) { areas.addLayer(rings[0]); return; }
    marker.on("mouseover", () => rings.forEach((ring) => areas.addLayer(ring)));
    marker.on("mouseout", () => rings.forEach((ring) => areas.removeLayer(ring)));
  }
  function open(own, at, rough) {
    const spots = new Set(own.map((i) => `${data.lat[i]},${data.lon[i]}`));
    if (own.length > 1 && spots.size > 1 && map.getZoom() < 12.5) {
      map.fitBounds(L.latLngBounds(own.map((i) => [data.lat[i], data.lon[i]])).pad(0.3), { maxZoom: Math.max(map.getZoom() + 2, 9) });
      return;
    }
    const box = node("div");
    if (own.length > 1) box.append(node("p", `${own.length} ${layer}, the newest first`));
    const found = node("ol", null, { class: "list" });
    found.append(...own.slice(0, 12).map(entry));
    box.append(found);
    if (own.length === 1) evidence(box, own[0]);
    L.popup({ maxWidth: 340, autoPanPadding: [20, 20] }).setLatLng(at).setContent(box).openOn(map);
  }
  async function evidence(box, i) { // the words behind a mark
    try {
      const found = await get(`/${layer}/${encodeURIComponent(data.id[i])}.json`);
      const claims = layer === "claims" ? found.rows : found.claims || [];
      for (const claim of claims.slice(0, 3)) {
        const said = node("p");
        said.append(node("q", claim.evidence[0].quote, { dir: "auto" }), " ", node("a", "in the text", { href: `/documents/${encodeURIComponent(claim.document)}#${claim.id}` }));
        box.append(said);
      }
    } catch { /* the link to its page is there */ }
  }
  function entry(i) {
    const item = node("li"), link = node("a", null, { href: page(i) });
    link.append(drawing(9, form(data.families[data.family[i]], data.fillings[data.filling[i]])), node("bdi", title(i)));
    item.append(link);
    return item;
  }
  function list() {
    $("list").replaceChildren(...shown.slice(0, LISTED).map(entry));
    $("listed").textContent = shown.length > LISTED ? `The newest ${LISTED} of ${shown.length.toLocaleString("en")} in sight` : `${shown.length.toLocaleString("en")} in sight`;
  }
  function count(inSight, inAll) {
    const more = data.total > data.id.length ? `, ${data.total.toLocaleString("en")} in all` : "";
    $("count").textContent = `${inSight.toLocaleString("en")} ${layer} in sight, ${inAll.toLocaleString("en")} on the map${more}`;
  }

  // --- the brush --------------------------------------------------------------------------------------------------
  let lowest = 0, highest = 1, earliest = 0, bins = [];
  function brush() {
    const days = data.start.filter((day) => day !== null).sort((a, b) => a - b);
    earliest = days[0]; // one report of long ago must not make all others thin: the ends hold what lies beyond them
    const low = days[Math.floor(days.length * 0.01)], high = days[days.length - 1];
    if (!(low < high)) return;
    [lowest, highest] = [low, high];
    $("brush").hidden = false;
    for (const [name, value] of [["from", low], ["until", high]]) {
      Object.assign($(name), { min: low, max: high, value: root.dataset[name === "from" ? "since" : "until"] ? dayOf(root.dataset[name === "from" ? "since" : "until"]) : value });
      $(name).addEventListener("input", narrow);
    }
    $("all").addEventListener("click", () => { $("from").value = low; $("until").value = high; narrow(); });
    narrow();
  }
  let frame = 0;
  function narrow() {
    let a = +$("from").value, b = +$("until").value;
    if (a > b) { if (document.activeElement === $("from")) { $("until").value = b = a; } else { $("from").value = a = b; } }
    from = a <= lowest ? -Infinity : a;
    until = b >= highest ? Infinity : b;
    $("fromout").textContent = wordsOf(a) + (from === -Infinity && earliest < lowest ? " or before" : "");
    $("untilout").textContent = wordsOf(b);
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => { cluster(); bars(); keep(); });
  }
  function bars() { // how many in each stretch of time, those chosen darker
    const face = $("bars");
    if (!face || !data || $("brush").hidden) return;
    const wide = face.clientWidth || 600, scale = devicePixelRatio || 1, number = Math.min(120, Math.max(1, highest - lowest + 1));
    face.width = wide * scale; face.height = 56 * scale;
    const step = (highest - lowest + 1) / number;
    bins = new Array(number).fill(0);
    for (const day of data.start) if (day !== null) bins[Math.max(0, Math.min(number - 1, Math.floor((day - lowest) / step)))]++;
    const most = Math.max(...bins), pen = face.getContext("2d");
    pen.scale(scale, scale);
    for (let bin = 0; bin < number; bin++) {
      const begin = lowest + bin * step, chosen = begin + step > from && begin <= until, high = bins[bin] ? Math.max(1.5, 52 * Math.sqrt(bins[bin] / most)) : 0;
      pen.fillStyle = colour(chosen ? "--c-ink" : "--c-rule");
      pen.fillRect(bin * wide / number, 56 - high, Math.max(1, wide / number - 1), high);
    }
  }

  // --- who holds what ---------------------------------------------------------------------------------------------
  const sides = new Map();
  let holdings = [], wanted = on, timer = 0;
  const letter = (name) => { if (!sides.has(name)) sides.set(name, sides.size); return LETTERS[sides.get(name)] || "…"; };
  const STATE = { holds: "held by", contested: "contested:", claimed: "only claimed by", unknown: "nobody known" };
  async function control(day) {
    wanted = day;
    const words = new URLSearchParams(location.search);
    for (const name of ["layer", "at"]) words.delete(name);
    words.set("on", day);
    let found;
    try { found = await get(`/map/control.json?${words}`); } catch (error) { $("listed").textContent = error.message; return; }
    if (wanted !== day) return;
    holdings = found.rows;
    if (!sides.size) {
      const counts = new Map();
      for (const one of holdings) for (const name of one.holders) counts.set(name, (counts.get(name) || 0) + 1);
      for (const [name] of [...counts].sort((a, b) => b[1] - a[1])) letter(name);
    }
    if (root.dataset.placed) towers();
  }
  function told(one) {
    const who = one.holders.join(" and ");
    return `${one.place}: ${STATE[one.state]}${who ? ` ${who}` : ""}${one.since ? ` since ${one.since}` : ""}`;
  }
  function towers() { // no land between them is coloured: only the places that are named
    marks.clearLayers();
    areas.clearLayers();
    const sight = map.getBounds(), zoom = map.getZoom(), taken = new Set(), near = [];
    for (const one of holdings) {
      const at = L.latLng(one.lat, one.lon);
      if (!sight.pad(0.5).contains(at) || ["country", "region"].includes(one.precision)) continue;
      if (sight.contains(at)) near.push(one);
      const spot = map.project(at, zoom), key = `${Math.floor(spot.x / 34)},${Math.floor(spot.y / 26)}`;
      if (taken.has(key) || one.state === "unknown") continue;
      taken.add(key);
      const text = one.holders.slice(0, 2).map(letter).join("/"), wide = text.length > 1 ? 15 : 10, held = one.state === "holds";
      const side = `side${Math.min(5, sides.get(one.holders[0]) ?? 5)}`;
      const box = svg("rect", { x: -wide, y: -9, width: 2 * wide, height: 18, rx: 3, stroke: "currentColor", "stroke-width": 1.8, class: held ? "form" : "form paper", "stroke-dasharray": one.state === "claimed" ? "3 2" : "none" });
      if (held) box.setAttribute("fill", "currentColor");
      const name = Object.assign(svg("text", { y: 4.5, "text-anchor": "middle", class: held ? "paper" : "" }), { textContent: text });
      const marker = L.marker(at, { icon: icon(15, "mark", svg("g", { class: side }, box), name), title: told(one), alt: told(one), riseOnHover: true });
      marker.on("click keypress", (event) => { if (event.type === "click" || event.originalEvent.key === "Enter") L.popup({ maxWidth: 340 }).setLatLng(at).setContent(holding(one, true)).openOn(map); });
      marks.addLayer(marker);
    }
    $("count").textContent = `who holds what on ${wanted}: ${near.length} places in sight, ${holdings.length} in all`;
    const key = [...sides].slice(0, LETTERS.length).filter(([name]) => holdings.some((one) => one.holders.includes(name))).map(([name]) => `${letter(name)} ${name}`);
    $("listed").textContent = key.slice(0, 12).join(" · ");
    $("list").replaceChildren(...near.slice(0, LISTED).map((one) => { const item = node("li"); item.append(holding(one, false)); return item; }));
  }
  function holding(one, all) {
    const box = node("div");
    box.append(node("p", told(one)));
    for (const said of one.said.slice(0, all ? 3 : 1)) {
      const words = node("p");
      words.append(said.against ? node("b", "against: ") : "", node("q", said.words, { dir: "auto" }), " ", node("a", [said.status + (said.voice === "author" ? "" : ` by ${said.voice}`), said.source, said.day].filter(Boolean).join(", "), { href: said.link }));
      box.append(words);
    }
    return box;
  }
  function slider() {
    const low = dayOf(first), high = dayOf(last), day = $("day");
    if (!(low < high)) return;
    $("asof").hidden = false;
    Object.assign(day, { min: low, max: high, value: dayOf(on) });
    day.addEventListener("input", () => {
      $("dayout").textContent = wordsOf(+day.value);
      clearTimeout(timer);
      timer = setTimeout(() => { control(wordsOf(+day.value)); keep(); }, 120);
    });
  }

  // --- polygons of the user's own -----------------------------------------------------------------------------------
  let polygons = null;
  $("own").addEventListener("change", async () => {
    const file = $("own").files[0], said = $("ownsaid");
    polygons?.remove();
    polygons = null;
    said.textContent = "";
    if (!file) return;
    try {
      polygons = L.geoJSON(JSON.parse(await file.text()), {
        renderer: overCanvas,
        style: () => ({ color: colour("--c-protest"), weight: 2, fillOpacity: 0.15 }),
        pointToLayer: (_one, at) => L.circleMarker(at, { renderer: overCanvas, radius: 5 }),
        onEachFeature: (one, made) => { const name = one.properties?.name ?? one.properties?.NAME; if (name) made.bindTooltip(node("span", String(name))); },
      }).addTo(map);
      const shape = polygons.getBounds();
      if (!shape.isValid()) throw new Error("it has no shapes");
      map.fitBounds(shape);
      said.textContent = `${polygons.getLayers().length} shapes of ${file.name}, not checked by strife`;
    } catch (error) {
      polygons?.remove();
      said.textContent = `${file.name} is no GeoJSON that can be drawn: ${error.message}`;
    }
  });

  // --- the address follows --------------------------------------------------------------------------------------------
  function keep() {
    const words = new URLSearchParams(location.search), { lat, lng } = map.getCenter();
    const put = (name, value) => (value ? words.set(name, value) : words.delete(name));
    put("at", `${lat.toFixed(3)},${L.Util.wrapNum(lng, [-180, 180], true).toFixed(3)},${Math.round(map.getZoom())}`);
    if (layer === "control") put("on", wanted);
    else if (data && !$("brush").hidden) { put("since", from === -Infinity ? "" : wordsOf(from)); put("until", until === Infinity ? "" : wordsOf(until)); }
    history.replaceState(null, "", `?${words}`);
    for (const link of document.querySelectorAll(".forms a")) link.search = `?${words}`;
  }
  function start(spots) {
    const at = root.dataset.at.split(",").map(Number);
    if (at.length === 3) map.setView([at[0], at[1]], at[2]);
    else if (spots.length) {
      const middle = (values) => values.sort((a, b) => a - b);
      const lats = middle(spots.map((one) => one[0])), lons = middle(spots.map((one) => one[1])), cut = Math.floor(spots.length * 0.08);
      map.fitBounds([[lats[cut], lons[cut]], [lats[lats.length - 1 - cut], lons[lons.length - 1 - cut]]], { padding: [30, 30], maxZoom: 8 });
    } else map.setView([20, 20], 2);
    root.dataset.placed = "yes";
  }
  (async () => {
    const base = ground().catch((error) => { $("source").textContent = `The base map could not be loaded: ${error.message}`; });
    let draw = () => {};
    if (layer === "control") {
      await control(on);
      start(holdings.filter((one) => !["country", "region"].includes(one.precision)).map((one) => [one.lat, one.lon]));
      draw = towers;
      slider();
      draw();
    } else {
      data = await get(points);
      const sure = data.lat.map((lat, i) => [lat, data.lon[i]]).filter((_at, i) => !data.reach[data.precision[i]]);
      start(sure.length ? sure : data.lat.map((lat, i) => [lat, data.lon[i]]));
      draw = cluster;
      draw();
      brush();
    }
    map.on("moveend", () => { draw(); finer(); towns(); keep(); });
    addEventListener("resize", bars);
    await base;
    finer();
    towns();
    root.dataset.ready = "yes";
  })().catch((error) => { $("listed").textContent = error.message; });
})();
