// The keys, the filter and the finding that is looked at. Without this script the page reads all the same.
(() => {
  "use strict";

  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const narrow = window.matchMedia("(max-width: 899.98px)");
  const cards = all(".card");
  if (!cards.length) return;

  let current = null; // the card of the finding that is looked at
  const cardOf = (n) => document.getElementById(`e${n}`);
  const marksOf = (n) => all(`.m[data-n="${n}"]`);
  const signOf = (n) => find(`.sign[data-n="${n}"]`);
  const listed = () => cards.filter((card) => !card.hidden);

  // ---- which are listed ----

  function show(filter) {
    for (const button of all("[data-filter]")) button.setAttribute("aria-pressed", String(button.dataset.filter === filter));
    for (const card of cards) card.hidden = filter !== "all" && card.dataset.group !== filter;
    find(".none").hidden = listed().length > 0;
    if (current?.hidden) look(null);
    else say();
  }

  // ---- which is looked at ----

  function say() {
    const known = listed();
    const at = known.indexOf(current);
    find('[data-step="-1"]').disabled = at <= 0;
    find('[data-step="1"]').disabled = known.length === 0 || at === known.length - 1;
    find(".position").textContent = at < 0 ? `${known.length} listed` : `${at + 1} of ${known.length}`;
  }

  function look(card) {
    if (current) {
      current.removeAttribute("aria-current");
      for (const mark of marksOf(current.dataset.n)) mark.classList.remove("now");
      signOf(current.dataset.n)?.removeAttribute("aria-current");
    }
    current = card;
    document.body.classList.toggle("sheet", card !== null);
    if (card) {
      if (card.hidden) show("all");
      card.setAttribute("aria-current", "true");
      for (const mark of marksOf(card.dataset.n)) mark.classList.add("now");
      signOf(card.dataset.n)?.setAttribute("aria-current", "true");
      if (!narrow.matches) within(find(".found"), card);
      else card.scrollTop = 0;
    }
    say();
  }

  // Scrolls a pane and not the page that it is in.
  function within(pane, element) {
    const there = element.getBoundingClientRect();
    const frame = pane.getBoundingClientRect();
    if (there.top < frame.top + 8 || there.bottom > Math.min(frame.bottom, innerHeight) - 8) pane.scrollTop += there.top - frame.top - 16;
  }

  function bring(n) {
    const mark = document.getElementById(`d${n}`);
    if (!mark) return;
    const { top, bottom } = mark.getBoundingClientRect();
    const low = narrow.matches ? innerHeight * 0.4 : innerHeight - 48;
    if (top < 96 || bottom > low) window.scrollBy(0, top - (narrow.matches ? 96 : Math.min(220, innerHeight / 3)));
  }

  function step(by) {
    const known = listed();
    const at = known.indexOf(current);
    const next = known[at < 0 ? (by > 0 ? 0 : known.length - 1) : at + by];
    if (!next) return;
    const fromCards = document.activeElement?.closest(".found");
    look(next);
    bring(next.dataset.n);
    const target = fromCards ? next : (signOf(next.dataset.n) ?? next);
    if (!document.activeElement?.matches("button:not(:disabled)")) target.focus({ preventScroll: true });
  }

  // ---- events ----

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const button = event.target.closest("button");
    if (button?.dataset.filter) show(button.dataset.filter);
    else if (button?.dataset.step) step(Number(button.dataset.step));
    if (button) return;
    const link = event.target.closest("a.sign, a.back");
    if (link?.matches(".back")) {
      event.preventDefault();
      const card = link.closest(".card");
      look(card);
      bring(card.dataset.n);
      signOf(card.dataset.n)?.focus({ preventScroll: true });
      return;
    }
    const at = link ?? event.target.closest(".m");
    if (at) {
      event.preventDefault();
      look(cardOf(at.dataset.n));
      if (link && !narrow.matches) current.focus({ preventScroll: true });
      return;
    }
    const card = event.target.closest(".card");
    if (card && !String(getSelection())) {
      look(card);
      if (!narrow.matches) bring(card.dataset.n);
    } else if (!card && narrow.matches) look(null);
  });

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "j" || event.key === "n") step(1);
    else if (event.key === "k" || event.key === "p") step(-1);
    else if (event.key === "Escape" && current) look(null);
    else if (event.key === "Enter" && event.target instanceof Element && event.target.matches(".card")) {
      look(event.target);
      bring(event.target.dataset.n);
      signOf(event.target.dataset.n)?.focus({ preventScroll: true });
    } else return;
    event.preventDefault();
  });

  narrow.addEventListener("change", () => current && look(current));

  find("nav").hidden = false;
  find(".keys").hidden = false;
  show(cards.some((card) => card.dataset.group === "open") ? "open" : "all");
  const asked = /^#[de](\d+)$/.exec(location.hash);
  if (asked && cardOf(asked[1])) look(cardOf(asked[1]));
})();
