// Moves the focus to what has come onto the page, with the sheet that it stands on.
const PATIENCE = 5000; // ms: a form that is made for the click is drawn within a second
const PAUSE = 40; // ms

function render({ model, el }) {
  const move = ({ focus: what, stay }, end = Date.now() + PATIENCE) => {
    const found = el.closest(".ck")?.querySelector(what) ?? el.closest(".jp-Notebook")?.querySelector(what);
    if (found) {
      if (stay) found.scrollIntoView({ block: "nearest" });
      else found.closest(".ck-sheet").scrollIntoView({ block: "start" });
      found.focus({ preventScroll: true });
    } else if (Date.now() < end) setTimeout(move, PAUSE, { focus: what, stay }, end);
  };
  const told = message => move(message);
  model.on("msg:custom", told);
  return () => model.off("msg:custom", told);
}

export default { render };
