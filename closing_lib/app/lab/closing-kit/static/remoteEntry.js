// Makes a page of a notebook of the kit: it runs when it is opened and after its kernel restarts, and shows no tools that only a
// programmer needs, so that a person who has never seen a notebook sees a page with a form.
//
// Only notebooks that say so in their metadata (closing_kit.page) are touched, and only those that Jupyter trusts run: a notebook
// from elsewhere never runs by itself. Written by hand in the shape of a prebuilt extension, so that nothing has to be built.
(() => {
  const beside = name => new URL(name, here).href;
  const here = document.currentScript.src;
  const notice = import(beside("notice.js"));
  const ownCells = import(beside("own_cells.js"));
  const seen = new WeakSet();

  const saysOfItself = panel => panel?.content?.model?.getMetadata?.("closing_kit");

  const isTrusted = notebook => notebook.widgets.every(cell => cell.model.type !== "code" || cell.model.trusted);

  async function visit(app, panel) {
    await panel?.context?.ready;
    if (!saysOfItself(panel)?.page) return;
    if (seen.has(panel)) {
      if (!await (await notice).carryOn(app, panel)) showNews(panel);
      return;
    }
    seen.add(panel);
    panel.addClass("closing-kit-page");
    document.documentElement.lang = saysOfItself(panel).language; // for those who listen
    panel.toolbar.hide();
    keepKeysFromCommands(panel.node);
    void ownCells.then(({ offerOwnCells }) => offerOwnCells(panel));
    if (app.shell.mode === "single-document") calm(app);
    if (!isTrusted(panel.content)) return;
    await panel.sessionContext.ready;
    runAgainAfterRestart(app, panel);
    runAgainWithoutForms(app, panel);
    (await notice).tellWhenLost(app, panel, saysOfItself(panel), run);
    await run(app, panel);
  }

  function execute(panel, code) {
    panel.sessionContext.session?.kernel?.requestExecute({ code, silent: true, store_history: false });
  }

  // What was saved on another page in the meantime, in a kernel of its own, is shown when a person comes back to this one.
  function showNews(panel) {
    if (isTrusted(panel.content)) execute(panel, "from closing_lib.forms.base.watch import written; written()");
  }

  // On a page a letter is never a command on a cell; what needs Ctrl, Alt or Cmd, and what is typed into code, goes its way.
  function keepKeysFromCommands(node) {
    node.addEventListener("keydown", event => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (isPlain && !event.target.closest(".cm-editor")) event.stopPropagation();
    });
  }

  // The side bars and the status bar are a menu entry away (View > Appearance).
  function calm(app) {
    const bars = [["application:toggle-side-tabbar", { side: "left" }], ["application:toggle-side-tabbar", { side: "right" }], ["statusbar:toggle", {}]];
    const title = document.querySelector("#jp-title-panel-title input");
    if (title) Object.assign(title, { readOnly: true, tabIndex: -1 }); // a slip would rename the page that others link to
    for (const [command, which] of bars) {
      if (app.commands.hasCommand(command) && app.commands.isToggled(command, which)) void app.commands.execute(command, which);
    }
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
    execute(panel, "from closing_lib.forms.base.watch import begin_page; begin_page()");
    app.shell.activateById(panel.id);
    const finished = app.commands.execute("notebook:run-all-cells");
    panel.content.activeCellIndex = 0;
    panel.content.deselectAll();
    panel.content.scrollToItem(0);
    await Promise.race([finished, quiet(panel.sessionContext.session?.kernel).catch(() => finished)]);
    panel.context.model.dirty = false; // else the browser would ask whether to leave a page that has only been read
    panel.node.dataset.closingKit = "ready";
    panel.node.dataset.closingKitRuns = 1 + Number(panel.node.dataset.closingKitRuns ?? 0);
  }

  // On a busy machine a message of the kernel may be lost, and JupyterLab would wait for it for ever: a kernel that answers, and has had
  // nothing more to say for some seconds, has run everything.
  async function quiet(kernel) {
    let heard = true;
    const note = (_, message) => { heard ||= message.header.msg_type !== "status"; };
    kernel.iopubMessage.connect(note);
    while (heard) {
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
      const path = decodeURIComponent(location.pathname).split("/tree/")[1];
      if (path) void app.commands.execute("docmanager:open", { path });
    });
  }

  // A key pressed in a form is for the form: without this, the arrow keys in a list would move from cell to cell.
  function keepKeysInForms() {
    document.addEventListener("focusin", event => {
      if (event.target.closest?.(".ck-live")) event.target.dataset.lmSuppressShortcuts = "true";
    });
  }

  const plugin = {
    id: "closing-kit:pages",
    description: "Turns the closing kit's notebooks into pages.",
    autoStart: true,
    activate: app => {
      keepKeysInForms();
      goBackToPages(app);
      for (const name of ["page.css", "own_cells.css"]) {
        document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: beside(name) }));
      }
      app.shell.currentChanged.connect((_, change) => void visit(app, change.newValue));
      void app.restored.then(() => visit(app, app.shell.currentWidget));
    },
  };

  window._JUPYTERLAB ??= {};
  let shared;
  window._JUPYTERLAB["closing-kit"] = {
    init: scope => { shared = scope["@jupyterlab/application"]; },
    get: async () => {
      const { connectionLost } = await notice;
      const { IConnectionLost } = (await Object.values(shared)[0].get())();
      return () => ({ __esModule: true, default: [plugin, ...(connectionLost ? [connectionLost(IConnectionLost)] : [])] });
    },
  };
})();
