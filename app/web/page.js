// The page's own script: what a click on a citation and a key do. It marks sentences in the document pane from the
// citations of one answer, so that the text of the document itself is never changed.
(() => {
  "use strict";

  const wide = window.matchMedia("(min-width: 900px)");
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  let turn = null; // number of the question whose citations are marked
  let active = null; // {doc, sentence, n}; n is null for a sentence that was found and is not cited
  let opener = null; // what had the focus before the document was opened over the page

  const turnOf = (number) => find(`.pc-turn[data-turn="${number}"]`);

  function citations() {
    const seen = new Map();
    for (const { dataset } of turn === null ? [] : all(".pc-cite", turnOf(turn) ?? document.createElement("i"))) {
      seen.set(dataset.n, { doc: dataset.doc, sentence: dataset.sentence, n: dataset.n });
    }
    return [...seen.values()].sort((a, b) => a.n - b.n);
  }

  function say(text) {
    find("#pc-said").textContent = text;
  }

  // ---- the document pane ----

  async function show(doc) {
    if (find(".pc-document").dataset.doc !== doc) {
      await new Promise((done) => {
        const detail = { doc, show: (html) => { if (html) find(".pc-text").innerHTML = html; done(); } };
        find(".pc-text").dispatchEvent(new CustomEvent("pincite:document", { bubbles: true, detail }));
      });
      find(".pc-text").scrollTop = 0;
    }
    const choice = find(".pc-choice");
    if (choice) choice.value = doc;
  }

  function mark() {
    for (const element of all(".pc-sentence[role]")) {
      element.removeAttribute("role");
      delete element.dataset.cited;
      delete element.dataset.active;
    }
    for (const button of all("[aria-current]", find("#pc-thread"))) button.removeAttribute("aria-current");
    const doc = find(".pc-document").dataset.doc;
    const sentence = (number) => find(`.pc-sentence[data-sentence="${CSS.escape(number)}"]`);
    const known = citations();
    for (const citation of known.filter((c) => c.doc === doc)) {
      const element = sentence(citation.sentence);
      if (!element) continue;
      element.setAttribute("role", "mark");
      element.dataset.cited = citation.n;
    }
    const element = active && active.doc === doc ? sentence(active.sentence) : null;
    if (element) {
      element.setAttribute("role", "mark");
      element.dataset.active = active.n === null ? "found" : "cited";
    }
    if (active && active.n !== null) {
      for (const button of all(`.pc-cite[data-n="${active.n}"]`, turnOf(turn))) button.setAttribute("aria-current", "true");
    }
    const at = active ? known.findIndex((c) => c.n === active.n) : -1;
    const step = (by) => find(`[data-step="${by}"]`);
    step("-1").disabled = at <= 0;
    step("1").disabled = known.length === 0 || at === known.length - 1;
    find(".pc-position").textContent = position(known, at);
  }

  function position(known, at) {
    if (at >= 0) return `Citation ${known[at].n} of ${known.length}`;
    if (active) return `Sentence ${active.sentence}, not cited`;
    return "No citation";
  }

  function bringIntoView() {
    const element = find(".pc-sentence[data-active]");
    if (!element) return;
    const box = find(".pc-text");
    const there = element.getBoundingClientRect();
    const frame = box.getBoundingClientRect();
    if (there.top < frame.top + 24 || there.bottom > frame.bottom - 24) {
      box.scrollTop += there.top - frame.top - Math.max(24, (frame.height - there.height) / 3);
    }
  }

  async function activate(target) {
    active = target;
    await show(target.doc);
    mark();
    bringIntoView();
  }

  async function step(by) {
    const known = citations();
    const at = active ? known.findIndex((c) => c.n === active.n) : -1;
    const next = known[at < 0 ? (by > 0 ? 0 : -1) : at + by];
    if (!next) return;
    const held = document.activeElement;
    await activate(next);
    if (held instanceof HTMLButtonElement && held.disabled) find(".pc-text").focus({ preventScroll: true });
    say(`Citation ${next.n} of ${known.length}, sentence ${next.sentence}: ${find(".pc-sentence[data-active]").textContent}`);
  }

  // ---- on a narrow screen the pane lies over the page, as a dialog ----

  const isOpen = () => find("#pc-side").dataset.sheet === "open";

  function open(from) {
    if (wide.matches || isOpen()) return;
    opener = from;
    const side = find("#pc-side");
    side.dataset.sheet = "open";
    side.setAttribute("role", "dialog");
    side.setAttribute("aria-modal", "true");
    side.setAttribute("aria-label", "Document");
    for (const behind of ["#pc-header", "#pc-talk"]) find(behind).inert = true;
    history.pushState({ pinciteSheet: true }, ""); // so that "back" closes the document and not the page
    find(".pc-text").focus({ preventScroll: true });
    bringIntoView();
  }

  function close() {
    if (history.state?.pinciteSheet) history.back();
    else shut();
  }

  function shut() {
    if (!isOpen()) return;
    const side = find("#pc-side");
    delete side.dataset.sheet;
    for (const name of ["role", "aria-modal", "aria-label"]) side.removeAttribute(name);
    for (const behind of ["#pc-header", "#pc-talk"]) find(behind).inert = false;
    if (opener?.isConnected) opener.focus();
    opener = null;
  }

  // ---- events ----

  document.addEventListener("click", async (event) => {
    const target = event.target instanceof Element ? event.target.closest("button") : null;
    if (!target) return;
    if (target.matches(".pc-cite, .pc-goto")) {
      const { doc, sentence, n } = target.dataset;
      turn = target.closest(".pc-turn").dataset.turn;
      await activate({ doc, sentence, n: n ?? null });
      open(target);
    } else if (target.matches("[data-step]")) {
      await step(Number(target.dataset.step));
    } else if (target.matches("[data-open]")) {
      open(target);
    } else if (target.matches("[data-close]")) {
      close();
    }
  });

  document.addEventListener("change", async (event) => {
    if (!(event.target instanceof Element) || !event.target.matches(".pc-choice")) return;
    await show(event.target.value);
    mark();
  });

  document.addEventListener("keydown", async (event) => {
    if (event.key === "Escape" && isOpen()) {
      event.preventDefault();
      close();
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.key === "j" || event.key === "k")) return;
    if (!(event.target instanceof Element) || !event.target.closest("#pc-pane, .pc-cite") || event.target.matches("select")) return;
    event.preventDefault();
    await step(event.key === "j" ? 1 : -1);
  });

  window.addEventListener("popstate", shut);
  wide.addEventListener("change", () => isOpen() && wide.matches && close());

  document.addEventListener("pincite:thread", async () => {
    const last = all(".pc-turn").at(-1);
    turn = last?.dataset.turn ?? null;
    active = null;
    if (!last) {
      mark();
      say("");
      find("#pc-question textarea").focus();
      return;
    }
    const scroll = find("#pc-scroll");
    scroll.scrollTop += last.getBoundingClientRect().top - scroll.getBoundingClientRect().top;
    if (last.dataset.status === "searching") {
      say("Searching…");
    } else {
      const first = citations()[0];
      if (first) await activate(first);
      else mark();
      const parts = all(".pc-notices li, .pc-headline, .pc-verdict", last).map((element) => element.textContent.trim());
      const count = citations().length;
      if (count) parts.push(count === 1 ? "1 citation" : `${count} citations`);
      say(parts.map((part) => (/[.!?]$/.test(part) ? part : `${part}.`)).join(" "));
    }
    // An example that was pressed is gone now, and the focus with it.
    if (document.activeElement === document.body) last.focus({ preventScroll: true });
  });
})();
