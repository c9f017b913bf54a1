// The answer in one line, at the end of the questions: it leads to the sheet with the answer, which it names for those who listen.
const PAUSE = 40; // ms

function render({ model, el }) {
  const status = Object.assign(document.createElement("p"), { className: "ck-unseen" });
  const button = Object.assign(document.createElement("button"), { type: "button" });
  // JupyterLab must not take a key pressed here for a command on the cell.
  button.dataset.lmSuppressShortcuts = "true";
  el.classList.add("ck-answer-line");
  el.append(status, button);

  const answer = () => el.closest(".ck-sheets")?.querySelector(":scope > .ck-answer");
  button.addEventListener("click", () => {
    const title = answer().querySelector("h2, h3") ?? answer();
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    answer().scrollIntoView({ block: "start" });
  });
  // What is longer than the screen has to be reached with the keyboard to be scrolled.
  const measured = new ResizeObserver(() => {
    const sheet = answer();
    if (sheet && sheet.scrollHeight > sheet.clientHeight + 1) sheet.tabIndex = 0;
    else sheet?.removeAttribute("tabindex");
  });
  const name = () => {
    const sheet = answer();
    if (!sheet) return setTimeout(name, PAUSE);
    sheet.setAttribute("role", "region");
    sheet.setAttribute("aria-label", model.get("label"));
    for (const part of [sheet, ...sheet.children]) measured.observe(part);
  };
  const draw = () => {
    button.textContent = model.get("said");
    if (model.get("is_spoken")) status.textContent = model.get("said");
  };
  status.setAttribute("role", "status");
  model.on("change:said", draw);
  draw();
  name();
  return () => {
    model.off("change:said", draw);
    measured.disconnect();
  };
}

export default { render };
