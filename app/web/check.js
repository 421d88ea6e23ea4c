// The Check tab: which tab is shown, files that are dropped, and the download, which is made here from what is on the page.
(() => {
  "use strict";

  const find = (selector) => document.querySelector(selector);

  function show(tab) {
    document.body.dataset.tab = tab;
    for (const button of document.querySelectorAll("[data-show]")) button.setAttribute("aria-pressed", String(button.dataset.show === tab));
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-show], [data-download]") : null;
    if (!button) return;
    if (button.dataset.show) {
      show(button.dataset.show);
      return;
    }
    const { srcdoc, dataset } = find(".pc-report");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([srcdoc], { type: "text/html" }));
    link.download = `${dataset.name.replace(/\.[^.]*$/, "").replace(/[^\p{L}\p{N}._ -]/gu, "_")}-checked.html`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  });

  // What was pressed is gone now, and the focus with it: on with the page of the draft, or back to the form.
  document.addEventListener("pincite:checked", () => {
    if (document.body.dataset.tab !== "check" || !document.activeElement?.matches("body, #pc-check-go, #pc-check-again")) return;
    const report = find(".pc-report");
    if (report) report.focus();
    else if (!find("#pc-result :is(.pc-working, .pc-refused)")) find("#pc-draft textarea").focus();
  });

  // A file may be dropped anywhere on the tab; the button's own input takes it from there.
  const files = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files") && event.target.closest?.("#pc-check");

  document.addEventListener("dragover", (event) => {
    if (!files(event)) return;
    event.preventDefault();
    find("#pc-check").dataset.over = "";
  });

  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget?.closest?.("#pc-check")) delete find("#pc-check").dataset.over;
  });

  document.addEventListener("drop", (event) => {
    delete find("#pc-check").dataset.over;
    if (!files(event)) return;
    event.preventDefault();
    const input = find("#pc-check-form input[type=file]");
    if (!input) return;
    const one = new DataTransfer();
    one.items.add(event.dataTransfer.files[0]);
    input.files = one.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  show("ask");
})();
