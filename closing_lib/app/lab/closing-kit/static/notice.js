// What a page says when its kernel is gone or the kit is closed, and how it carries on.
import { getIn, keepKey, wait, whichStart } from "./way_back.js";

const told = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}").closingKitPage; // where start.py opened it
const notice = Object.assign(document.createElement("div"), { className: "closing-kit-lost" });
notice.setAttribute("role", "alert");
const cutOff = new Map(); // from the pages whose kernel went with the kit to what runs them
let isLooking = false;
let isClosed = false;

if (told) keepKey(told.key);

export const isKitClosed = () => isClosed;

function say(sentence, ...more) {
  if (notice.isConnected && notice.firstChild.textContent === sentence) return; // or it would be spoken again
  notice.replaceChildren(Object.assign(document.createElement("span"), { textContent: sentence }), " ", ...more);
  document.body.append(notice);
}

export async function startAgain(app, panel, run) {
  await panel.sessionContext.changeKernel({ name: "python3" });
  await run(app, panel);
}

// A kernel that is gone takes the forms with it: whoever types on must know, and can bring it back.
export function tellWhenLost(app, panel, { lost, restart }, run) {
  const { sessionContext } = panel;
  const button = Object.assign(document.createElement("button"), { textContent: restart });
  button.addEventListener("click", () => startAgain(app, panel, run));
  const show = () => {
    const status = sessionContext.kernelDisplayStatus;
    button.disabled = status === "terminating"; // a new kernel can begin when the old one has ended
    if (isClosed) return;
    if (!sessionContext.session?.kernel || ["dead", "terminating"].includes(status)) say(lost, button);
    else notice.remove();
  };
  sessionContext.statusChanged.connect(show);
  sessionContext.kernelChanged.connect(show);
  sessionContext.connectionStatusChanged.connect((_, status) => {
    if (!told || status === "connected") return;
    cutOff.set(panel, run);
    void lookForTheKit(app);
  });
  panel.disposed.connect(() => {
    cutOff.delete(panel);
    notice.remove();
  });
}

// The connection of a page is gone. Where that is because the kit is closed, the page says so, and carries on once it is started again.
async function lookForTheKit(app) {
  if (isLooking) return;
  isLooking = true;
  for (let once; (once = await whichStart()) !== told.once; await wait()) {
    isClosed = true;
    if (once && await getIn(once, told.key)) {
      told.once = once;
      say(told.again);
      await app.serviceManager.sessions.refreshRunning(); // those of the start before are gone
      await carryOn(app, app.shell.currentWidget);
      break;
    }
    say(told.closed, Object.assign(document.createElement("code"), { textContent: told.command }));
  }
  if (!isClosed) cutOff.clear(); // only the connection was gone, and JupyterLab brings it back
  else notice.remove();
  isLooking = isClosed = false;
}

// Takes the place of what JupyterLab would say of a server that it cannot reach.
export const connectionLost = told && (token => ({
  id: "closing-kit:connection-lost",
  description: "Says that the closing kit is closed, and carries on when it is open again.",
  autoStart: true,
  provides: token,
  activate: app => async () => lookForTheKit(app),
}));

// A page that lost its kernel with the kit gets a new one when it is looked at. Tell whether it did.
export async function carryOn(app, panel) {
  const run = cutOff.get(panel);
  cutOff.delete(panel);
  if (run) await startAgain(app, panel, run);
  return Boolean(run);
}
