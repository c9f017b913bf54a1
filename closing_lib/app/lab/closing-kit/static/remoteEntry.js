// Makes a page of a notebook of the kit: it runs when it is opened and after its kernel restarts, and shows no tools that only a
// programmer needs, so that a person who has never seen a notebook sees a page with a form.
//
// Only notebooks that say so in their metadata (closing_kit.page) are touched, and only those that Jupyter trusts run: a notebook
// from elsewhere never runs by itself. Written by hand in the shape of a prebuilt extension, so that nothing has to be built.
// Where start.py opens it, the kit's own frame is around the page (shell.js); in any other JupyterLab, that one's tools are.
(() => {
  const here = document.currentScript.src;
  const beside = name => new URL(name, here).href;
  const { closingKit, baseUrl } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
  const shell = closingKit && import(beside("shell.js"));
  const notice = import(beside("notice.js"));
  const ownCells = import(beside("own_cells.js"));
  const starts = new WeakMap(); // from a page that was seen to what starts it again
  let frame = null;
  let sight; // what is seen first of a page

  const saysOfItself = panel => panel?.content?.model?.getMetadata?.("closing_kit");

  const isTrusted = notebook => notebook.widgets.every(cell => cell.model.type !== "code" || cell.model.trusted);

  async function visit(app, panel) {
    sight.hideTools(panel);
    await panel?.context?.ready;
    if (panel !== app.shell.currentWidget) return;
    const about = saysOfItself(panel);
    if (!about?.page) {
      if (panel) sight.reveal(panel);
      frame?.show(panel);
    } else if (starts.has(panel)) {
      frame?.show(panel, about.page, starts.get(panel));
      if (!await (await notice).carryOn(app, panel)) showNews(panel);
      sight.show(panel, sight.takeLink(), execute);
    } else {
      await begin(app, panel, about);
    }
  }

  async function begin(app, panel, { page, language }) {
    let isRunning = false;
    const start = async () => {
      await panel.sessionContext.ready;
      if (isRunning && panel.sessionContext.session?.kernel) return panel.sessionContext.restartKernel();
      const { startAgain, tellWhenLost } = await notice;
      if (isRunning) return startAgain(app, panel, run);
      isRunning = true;
      runAgainAfterRestart(app, panel);
      runAgainWithoutForms(app, panel);
      tellWhenLost(app, panel, saysOfItself(panel), run);
      return run(app, panel);
    };
    starts.set(panel, start);
    panel.addClass("closing-kit-page");
    panel.toolbar.hide();
    document.documentElement.lang = language; // for those who listen
    keepKeysFromCommands(panel);
    void ownCells.then(({ offerOwnCells }) => offerOwnCells(panel));
    if (frame) stayInFrame(panel);
    frame?.show(panel, page, start);
    sight.arrange(panel, saysOfItself(panel));
    if (isTrusted(panel.content)) panel.node.dataset.closingKit = "running";
    sight.reveal();
    if (isTrusted(panel.content)) await start();
  }

  // Within the kit's frame nothing of a page is JupyterLab's to save, so that it never asks what to do with it.
  function stayInFrame(panel) {
    panel.context.model.stateChanged.connect((model, { name, newValue }) => {
      if (name === "dirty" && newValue && frame.isKits) model.dirty = false;
    });
    panel.disposed.connect(() => frame.closed(panel));
  }

  function execute(panel, code) {
    panel.sessionContext.session?.kernel?.requestExecute({ code, silent: true, store_history: false });
  }

  // What was saved on another page in the meantime, in a kernel of its own, is shown when a person comes back to this one.
  function showNews(panel) {
    if (isTrusted(panel.content)) execute(panel, "from closing_lib.forms.base.watch import written; written()");
  }

  // On a page a letter is never a command on a cell; what needs Ctrl, Alt or Cmd, and what is typed into code, goes its way.
  function keepKeysFromCommands(panel) {
    panel.node.addEventListener("keydown", event => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (isPlain && panel.hasClass("closing-kit-page") && !event.target.closest(".cm-editor")) event.stopPropagation();
    });
  }

  function runAgainAfterRestart(app, panel) {
    let restarting = false;
    panel.sessionContext.statusChanged.connect((_, status) => {
      if (status === "restarting" || status === "autorestarting") {
        restarting = true;
        panel.node.dataset.closingKit = "restarting";
      } else if (restarting && status === "idle") {
        restarting = false;
        void run(app, panel);
      }
    });
  }

  // A page that was cut off (a laptop that slept) may come back after another one took its kernel: its forms are then gone.
  function runAgainWithoutForms(app, panel) {
    panel.sessionContext.connectionStatusChanged.connect(async (_, status) => {
      const kernel = panel.sessionContext.session?.kernel;
      if (status !== "connected" || !kernel || panel.node.dataset.closingKit !== "ready") return;
      const { comms } = (await kernel.requestCommInfo({ target_name: "jupyter.widget" })).content;
      if (!Object.keys(comms).some(form => kernel.hasComm(form))) void run(app, panel);
    });
  }

  async function run(app, panel) {
    panel.node.dataset.closingKit = "running";
    const link = sight.takeLink();
    execute(panel, `from closing_lib.forms.base.watch import begin_page; begin_page(${JSON.stringify(link)})`);
    app.shell.activateById(panel.id);
    const finished = app.commands.execute("notebook:run-all-cells");
    panel.content.activeCellIndex = 0;
    panel.content.deselectAll();
    panel.content.scrollToItem(0);
    await Promise.race([finished, quiet(panel.sessionContext.session?.kernel).catch(() => finished)]);
    panel.context.model.dirty = false; // else the browser would ask whether to leave a page that has only been read
    panel.node.dataset.closingKit = "ready";
    if (link && !link.includes(":")) sight.show(panel, link, execute);
    panel.node.dataset.closingKitRuns = 1 + Number(panel.node.dataset.closingKitRuns ?? 0);
  }

  // On a busy machine a message of the kernel may be lost, and JupyterLab would wait for it for ever: a kernel that answers, and has had
  // nothing more to say for some seconds, has run everything.
  async function quiet(kernel) {
    let [heard, hasBegun] = [true, false];
    const note = (_, message) => {
      const isNews = message.header.msg_type !== "status";
      [heard, hasBegun] = [heard || isNews, hasBegun || isNews];
    };
    kernel.iopubMessage.connect(note);
    while (heard || !hasBegun) {
      heard = false;
      await new Promise(done => setTimeout(done, 3000));
      await kernel.requestKernelInfo();
    }
    kernel.iopubMessage.disconnect(note);
  }

  // A link from page to page adds to the browser's history without loading anything, so going back has to open the page.
  // The same address is not added twice, or there would be no way forward again.
  function goBackToPages(app) {
    const push = history.pushState.bind(history);
    history.pushState = (state, unused, url) => {
      if (new URL(url ?? "", location.href).pathname === location.pathname) history.replaceState(state, unused, url);
      else push(state, unused, url);
    };
    window.addEventListener("popstate", () => {
      const [where, path] = decodeURIComponent(location.pathname).split("/tree/");
      if (frame) app.shell.mode = where.endsWith("/lab") ? "multiple-document" : "single-document";
      if (path) void app.commands.execute("docmanager:open", { path });
    });
  }

  // A key pressed in a form is for the form: without this, the arrow keys in a list would move from cell to cell.
  function keepKeysInForms() {
    document.addEventListener("focusin", event => {
      if (event.target.closest?.(".ck-live")) event.target.dataset.lmSuppressShortcuts = "true";
    });
  }

  // Nothing is shown before it looks as it should, or it would move.
  const dressed = name => new Promise(done => {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: beside(name), onload: done, onerror: done }));
  });

  const plugin = (made, firstSight) => ({
    id: "closing-kit:pages",
    description: "Turns the closing kit's notebooks into pages.",
    autoStart: true,
    activate: app => {
      sight = firstSight(app);
      sight.openUnseen();
      keepKeysInForms();
      sight.heedLinks(() => sight.show(app.shell.currentWidget, sight.takeLink(), execute));
      goBackToPages(app);
      frame = made?.frame(app, closingKit, baseUrl);
      app.shell.currentChanged.connect((_, change) => void visit(app, change.newValue));
      void app.restored.then(() => visit(app, app.shell.currentWidget));
    },
  });

  window._JUPYTERLAB ??= {};
  let shared;
  window._JUPYTERLAB["closing-kit"] = {
    init: scope => { shared = scope["@jupyterlab/application"]; },
    get: async () => {
      const looks = ["page.css", "own_cells.css", ...(shell ? ["shell.css"] : [])].map(dressed);
      const [{ firstSight }, { connectionLost }, made] = await Promise.all([import(beside("first_sight.js")), notice, shell, ...looks]);
      const { IConnectionLost } = (await Object.values(shared)[0].get())();
      const plugins = [plugin(made, firstSight), ...(connectionLost ? [connectionLost(IConnectionLost)] : [])];
      return () => ({ __esModule: true, default: plugins });
    },
  };
})();
