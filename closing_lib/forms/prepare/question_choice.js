// A question with the buttons to keep it, swap it or write one's own (settled.js stands above it). What they do is the kernel's.
const SOON = 5000; // ms: the field for one's own words is there within a second

function render({ model, el }) {
  const id = `ck-question-${Math.random().toString(36).slice(2)}`;
  const made = (tag, className, more = {}) => Object.assign(document.createElement(tag), { className, ...more });
  const words = model.get("words");
  const title = made("p", "ck-muted");
  const question = made("p", "ck-question-said", { id, dir: "auto" });
  const note = made("p", "", { id: `${id}-note` });
  const spoken = made("p", "ck-unseen");
  const row = made("div", "ck-buttons");
  const news = made("span", "ck-muted");
  spoken.setAttribute("role", "status");
  el.classList.add("ck-question");
  el.setAttribute("role", "group");
  el.setAttribute("aria-label", model.get("description"));

  const buttons = Object.fromEntries(Object.entries(words).map(([name, label]) => {
    const button = made("button", "jupyter-button", { type: "button", textContent: label });
    button.setAttribute("aria-describedby", `${id} ${id}-note`);
    // JupyterLab must not take a key pressed here for a command on the cell.
    button.dataset.lmSuppressShortcuts = "true";
    button.addEventListener("click", async () => {
      await settled(model);
      model.send({ press: name });
      if (name === "write") focusOnOwn();
    });
    return [name, button];
  }));
  row.append(...Object.values(buttons), news);
  el.append(title, question, note, row, spoken);

  function focusOnOwn(end = Date.now() + SOON) {
    const field = el.nextElementSibling?.querySelector("textarea");
    if (field?.offsetParent) field.focus();
    else if (Date.now() < end) setTimeout(focusOnOwn, PAUSE, end);
  }
  const draw = () => {
    const isOwn = !model.get("question");
    const isLeft = el.contains(document.activeElement) && isOwn === buttons.suggest.hidden;
    title.textContent = [model.get("description"), model.get("about")].filter(Boolean).join(" · ");
    question.textContent = model.get("question");
    note.textContent = isOwn ? "" : model.get("note");
    note.className = model.get("is_ready") ? "ck-muted" : "ck-mend";
    news.textContent = model.get("news");
    spoken.textContent = model.get("spoken");
    for (const [name, button] of Object.entries(buttons)) button.hidden = isOwn !== (name === "suggest");
    buttons.keep.setAttribute("aria-pressed", String(model.get("is_kept")));
    if (isLeft && !isOwn) buttons.keep.focus(); // the button that was pressed is gone
  };
  model.on("change:about change:question change:note change:is_ready change:is_kept change:news change:spoken", draw);
  draw();
  return () => model.off(null, null);
}

export default { render };
