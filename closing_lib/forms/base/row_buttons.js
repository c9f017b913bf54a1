// Tells which row of the tables beside it was clicked.
function render({ model, el }) {
  const clicked = ({ target }) => {
    const row = target.closest("tr");
    if (!row || target.closest("a") || !el.closest(".ck")?.contains(row) || `${getSelection()}`) return;
    const button = target.closest("[data-ck-row]") ?? row.querySelector("[data-ck-row]");
    if (button) model.send({ row: button.dataset.ckRow });
  };
  document.addEventListener("click", clicked);
  return () => document.removeEventListener("click", clicked);
}

export default { render };
