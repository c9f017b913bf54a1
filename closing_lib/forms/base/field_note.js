// A sentence under a field, which a screen reader speaks when it changes, and reads with the field.
function render({ model, el }) {
  const id = `ck-note-${Math.random().toString(36).slice(2)}`;
  const note = Object.assign(document.createElement("p"), { className: "ck-mend", id });
  note.setAttribute("role", "status");
  el.append(note);
  const draw = () => { note.textContent = model.get("said"); };
  // The field may be drawn later than its note.
  const describe = ({ target }) => {
    if (target.matches("input, textarea, select") && el.previousElementSibling?.contains(target)) {
      target.setAttribute("aria-describedby", id);
    }
  };
  document.addEventListener("focusin", describe);
  model.on("change:said", draw);
  draw();
  return () => {
    document.removeEventListener("focusin", describe);
    model.off("change:said", draw);
  };
}

export default { render };
