// Tells which row of the tables beside it was clicked, and moves the focus to the form that it opens.
const PATIENCE = 5000; // ms: a form that is made for the click is drawn within a second
const PAUSE = 40; // ms

function render({ model, el }) {
  const clicked = ({ target }) => {
    const row = target.closest("tr");
    if (!row || target.closest("a") || !el.closest(".ck")?.contains(row) || `${getSelection()}`) return;
    const button = target.closest("[data-ck-row]") ?? row.querySelector("[data-ck-row]");
    if (button) model.send({ row: button.dataset.ckRow });
  };
  const focus = ({ focus: within }, end = Date.now() + PATIENCE) => {
    const page = el.closest(".jp-Notebook") ?? document;
    const field = page.querySelector(`.${within} :is(select, input)`);
    if (field) {
      field.closest(".ck-sheet").scrollIntoView({ block: "start" });
      field.focus({ preventScroll: true });
    } else if (Date.now() < end) setTimeout(focus, PAUSE, { focus: within }, end);
  };
  const told = message => focus(message);
  document.addEventListener("click", clicked);
  model.on("msg:custom", told);
  return () => {
    document.removeEventListener("click", clicked);
    model.off("msg:custom", told);
  };
}

export default { render };
