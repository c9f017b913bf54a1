// Cells of a person's own at the end of a page: the last thing on it adds one, and what is written there is saved by itself.
//
// They say so in their metadata, so that an update of the page (closing_lib/app/workspace.py) leaves them where they are.
import { isKitClosed } from "./notice.js";

const OWN = "closing_kit_own";
const words = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}").closingKitPage?.own;

export function offerOwnCells({ content, context }) {
  const button = content.node.querySelector(".jp-Notebook-footer");
  if (!button || !words) return;
  Object.assign(button, { textContent: words.add, title: "", tabIndex: 0 });
  button.addEventListener("click", event => {
    event.stopImmediatePropagation(); // JupyterLab's own would be any cell, with nothing in it
    void add(content);
  }, { capture: true });
  let saved = written(content);
  let timer = 0;
  content.model.contentChanged.connect(() => {
    mark(content.widgets);
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const now = content.isDisposed ? saved : written(content);
      if (now === saved || isKitClosed()) return; // what cannot be saved now is with the next change, as when the page runs again
      await context.save();
      saved = now;
    }, 1000);
  });
}

// What comes after a person's own cell is theirs too: JupyterLab adds one when the last is run.
function mark(cells) {
  const first = cells.findIndex(isOwn);
  cells.forEach((cell, place) => {
    const isNew = first >= 0 && place > first && !isOwn(cell) && cell.model.getMetadata("deletable") !== false;
    if (isNew) cell.model.setMetadata(OWN, true);
    cell.toggleClass("closing-kit-own", isOwn(cell));
    if (isOwn(cell)) cell.node.querySelector(".cm-content")?.setAttribute("aria-label", words.label);
  });
}

const isOwn = cell => Boolean(cell.model.getMetadata(OWN));

const written = content => JSON.stringify(content.widgets.filter(isOwn).map(cell => cell.model.sharedModel.getSource()));

async function add(content) {
  const last = content.widgets.at(-1);
  if (!isOwn(last) || last.model.sharedModel.getSource()) {
    const cell = { cell_type: "code", source: isOwn(last) ? "" : words.first, metadata: { [OWN]: true, trusted: true } };
    content.model.sharedModel.insertCell(content.widgets.length, cell);
  }
  content.activeCellIndex = content.widgets.length - 1;
  await content.activeCell.ready; // which makes its editor
  mark(content.widgets);
  const { editor, node } = content.activeCell;
  node.scrollIntoView({ block: "center" });
  content.mode = "edit";
  editor.setCursorPosition({ line: editor.lineCount - 1, column: 0 });
  editor.focus();
}
