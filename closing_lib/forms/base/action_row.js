// A row of buttons that take something out of the kit (settled.js stands above it). What is handed over comes when it is asked
// for, and is kept nowhere: the browser downloads, opens, prints or copies it, and says how that went.
const GONE = 60000; // ms: the browser may ask first where to put a file

const address = (content, type) => URL.createObjectURL(new Blob([content], { type }));
const made = (tag, className, more = {}) => Object.assign(document.createElement(tag), { className, ...more });

function render({ model, el }) {
  const view = String(Math.random()); // the same row may be shown twice: what was asked for here is done here
  const row = made("div", "ck-buttons");
  const title = made("span", "ck-actions-title", { textContent: model.get("label") });
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", model.get("label"));
  const note = made("p", "ck-mend");
  const status = made("p", "ck-status");
  status.setAttribute("role", "status");
  const pane = made("div", "ck-pane");
  const field = made("textarea", "ck-copied", { readOnly: true, rows: 8, hidden: true });
  field.setAttribute("aria-label", model.get("label"));
  field.dataset.lmSuppressShortcuts = "true"; // the keys for copying are the browser's here, and not JupyterLab's
  field.addEventListener("keydown", event => event.stopPropagation());
  let tab = null; // opened at the click: later, a browser takes it for an unasked pop-up

  const buttons = model.get("actions").map(([name, how, label], place) => {
    const isFirst = place === 0 && !model.get("quiet");
    const button = made("button", `jupyter-button${isFirst ? " ck-primary" : ""}`, { type: "button", textContent: label });
    button.addEventListener("click", async () => {
      field.hidden = true;
      if (how === "open") tab = window.open("", "_blank");
      await settled(model);
      model.send({ press: name, view });
    });
    return [name, how, button];
  });
  row.append(title, ...buttons.map(([, , button]) => button));
  el.classList.add("ck-actions");
  el.append(row, note, status, field, pane);

  async function copied(text) {
    if (await navigator.clipboard?.writeText(text).then(() => true, () => false)) return true;
    const before = document.activeElement; // without a permission, only a selection can be copied
    Object.assign(field, { value: text, hidden: false });
    field.focus();
    field.select();
    if (!document.execCommand("copy")) return false; // it stays selected, for the person to copy
    field.hidden = true;
    before?.focus();
    return true;
  }
  const follow = more => Object.assign(document.createElement("a"), more).click();
  const deeds = {
    download: ({ names }, contents) => names.forEach((name, place) => {
      const href = address(contents[place], "application/octet-stream");
      follow({ href, download: name });
      setTimeout(() => URL.revokeObjectURL(href), GONE);
    }),
    open: ({ page }) => {
      if (tab) tab.location = address(page, "text/html;charset=utf-8");
      return Boolean(tab);
    },
    print: ({ page }) => {
      el.querySelector("iframe")?.remove();
      const frame = made("iframe", "ck-unseen", { title: model.get("label"), tabIndex: -1 });
      frame.addEventListener("load", () => frame.contentWindow.print());
      frame.src = address(page, "text/html;charset=utf-8");
      el.append(frame);
    },
    copy: ({ text }) => copied(text),
    mail: async ({ href, text }) => {
      const isCopied = !text || (await copied(text));
      follow({ href });
      return isCopied;
    },
    shown: () => {},
    refused: () => tab?.close(),
  };
  const hand = async (content, contents) => {
    if (content.view !== view) return;
    const isDone = (await deeds[content.do](content, contents)) !== false;
    if (!content.done) return; // the kernel has said it
    model.set("said", isDone ? content.done : content.failed);
    model.save_changes();
  };
  const draw = () => {
    for (const [name, how, button] of buttons) {
      button.disabled = model.get("disabled").includes(name);
      button.hidden = model.get("hidden").includes(name);
      if (how === "show") button.setAttribute("aria-expanded", String(Boolean(model.get("shown"))));
    }
    row.hidden = buttons.every(([, , button]) => button.hidden);
    note.textContent = model.get("note");
    note.hidden = !model.get("note");
    status.textContent = model.get("said");
    if (!model.get("said")) field.hidden = true;
    pane.innerHTML = model.get("shown"); // the kit wrote it; whatever a person typed is escaped before it comes here
  };
  model.on("msg:custom", hand);
  model.on("change:disabled change:hidden change:note change:said change:shown", draw);
  draw();
  return () => model.off(null, null);
}

export default { render };
