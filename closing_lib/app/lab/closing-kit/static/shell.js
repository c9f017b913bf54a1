// The kit's own frame around a page: one bar above it, in place of JupyterLab's menus, file name, title and commands.
//
// JupyterLab's single-document mode is the kit's, its other mode is the programmers': the address says which, so that it outlives a reload.
// A notebook that is no page of the kit keeps JupyterLab's tools, in both.

const SIZES = { 1: "1", 2: "1.2", 3: "1.4" };
const THEMES = { light: "JupyterLab Light", dark: "JupyterLab Dark", contrast: "JupyterLab Dark High Contrast" };
const FILE = /\/(?:doc|lab)\/tree\/(.+\.ipynb)$/;

export function frame(app, { pages, words, language }, baseUrl) {
  const address = path => `${baseUrl}doc/tree/${path.split("/").map(encodeURIComponent).join("/")}`;
  const open = path => app.commands.execute("docmanager:open", { path });
  const openStart = () => open(`${pages[0].name}.ipynb`);
  let shown = null; // the page on top: its panel, what it says of itself, and how to start it again

  // --- What is the kit's, and what is JupyterLab's

  let mode = location.pathname.includes("/lab/tree/") ? "multiple-document" : "single-document"; // until JupyterLab has it
  const isKits = () => mode === "single-document" && shown?.isPage !== false;
  const machinery = new Set();

  function apply() {
    for (const part of app.shell.layout.widgets) if (["jp-top-panel", "jp-menu-panel", "jp-bottom-panel"].includes(part.id)) machinery.add(part);
    for (const part of machinery) part.setHidden(isKits());
    for (const [command, which] of [["application:toggle-side-tabbar", { side: "left" }], ["application:toggle-side-tabbar", { side: "right" }], ["statusbar:toggle", {}]]) {
      if (app.commands.hasCommand(command) && app.commands.isToggled(command, which) === isKits()) void app.commands.execute(command, which);
    }
    document.body.classList.toggle("closing-kit-shell", isKits());
    back.hidden = isKits();
    document.querySelector("#jp-title-panel-title input")?.setAttribute("aria-label", words["file_name"]);
    if (shown?.isPage) dress(shown.panel);
    nameTab();
  }

  // In JupyterLab a page is a notebook like others; as a page it has no tools, no commands, and nothing that JupyterLab would save.
  function dress(panel) {
    panel.toggleClass("closing-kit-page", isKits());
    panel.toolbar.setHidden(isKits());
    if (isKits()) panel.node.dataset.jpSuppressContextMenu = ""; // the browser's own menu has spelling, copy and paste
    else delete panel.node.dataset.jpSuppressContextMenu;
    for (const node of panel.node.querySelectorAll(".jp-Notebook, .jp-WindowedPanel-viewport, .jp-Cell")) hush(node, ["role", "aria-label"]);
    hush(document.getElementById("jp-main-dock-panel"), ["aria-label"]);
  }

  // What JupyterLab says of its cells to those who listen is no help on a page: its text is its text. It says so again of one that has run.
  function hush(node, names) {
    for (const name of names) {
      const [from, to] = isKits() ? [name, `data-lab-${name}`] : [`data-lab-${name}`, name];
      if (!node.hasAttribute(from)) continue;
      node.setAttribute(to, node.getAttribute(from));
      node.removeAttribute(from);
    }
  }

  const hushed = new MutationObserver(changes => {
    for (const { target } of changes) if (isKits() && target.matches(".jp-Cell")) hush(target, ["aria-label"]);
  });

  const titleOf = name => pages.find(page => page.name === name)?.title;

  function nameTab() {
    const title = [shown?.isPage && titleOf(shown.name), words["kit"]].filter(Boolean).join(" · ");
    if (shown?.isPage !== false && document.title !== title) document.title = title;
  }

  // --- The bar

  const make = (tag, properties, ...inside) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...inside);
    return made;
  };
  const button = (label, act, properties = {}) => make("button", { type: "button", textContent: label, onclick: act, ...properties });

  function menu(label, fill, short) {
    const list = make("div", { className: "closing-kit-menu", hidden: true, role: "menu", ariaLabel: label });
    const opener = button(label, () => (list.hidden ? unfold(0) : fold()), { ariaHasPopup: "menu", ariaExpanded: "false" });
    if (short) opener.replaceChildren(make("span", { className: "closing-kit-short", ariaHidden: "true", textContent: short }), make("span", { textContent: label }));
    const entries = () => [...list.querySelectorAll("[role^=menuitem]")];
    const unfold = place => {
      list.replaceChildren(...fill());
      list.hidden = false;
      opener.ariaExpanded = "true";
      entries().at(place).focus();
    };
    const fold = () => {
      list.hidden = true;
      opener.ariaExpanded = "false";
    };
    const whole = make("div", {}, opener, list);
    opener.addEventListener("keydown", event => {
      const place = { ArrowDown: 0, ArrowUp: -1 }[event.key];
      if (place === undefined) return;
      event.preventDefault();
      unfold(place);
    });
    list.addEventListener("keydown", event => {
      const all = entries();
      const at = all.indexOf(document.activeElement);
      const letter = event.key.length === 1 && event.key !== " " && [...all.slice(at + 1), ...all].find(entry => entry.textContent.toLowerCase().startsWith(event.key.toLowerCase()));
      const to = { ArrowDown: all[(at + 1) % all.length], ArrowUp: all.at(at - 1), Home: all[0], End: all.at(-1), Escape: opener }[event.key] ?? letter;
      if (event.key === " " && document.activeElement.href) document.activeElement.click();
      else if (!to) return;
      event.preventDefault();
      to?.focus();
      if (to === opener) fold();
    });
    list.addEventListener("click", event => {
      if (!event.target.closest("[role^=menuitem]")) return;
      fold();
      opener.focus();
    }, true);
    whole.addEventListener("focusout", event => { if (!whole.contains(event.relatedTarget)) fold(); });
    return whole;
  }

  const entry = (label, act, properties = {}) => button(label, act, { role: "menuitem", tabIndex: -1, ...properties });
  const rule = () => make("hr", { role: "separator" });

  const pageEntries = () => [
    ...pages.map(({ name, title }) => {
      const link = make("a", { role: "menuitem", tabIndex: -1, href: address(`${name}.ipynb`), textContent: title });
      if (name === shown?.name) link.setAttribute("aria-current", "page");
      return link;
    }),
    rule(),
    entry(words["print"], () => window.print()),
  ];

  const choices = (of, names, chosen, choose) => make(
    "div", { role: "group", ariaLabel: words[`${of}.title`] },
    make("p", { ariaHidden: "true", textContent: words[`${of}.title`] }),
    ...names.map(name => entry(words[`${of}.${name}`], () => choose(name), { role: "menuitemradio", ariaChecked: String(name === chosen) })),
  );
  const viewEntries = () => [choices("text", Object.keys(SIZES), size(), setSize), choices("theme", [...Object.keys(THEMES), "system"], theme(), setTheme)];

  const helpEntries = () => [
    entry(words["how"], showAbout),
    entry(words["again"], () => shown?.again()),
    ...(isKits() ? [rule(), entry(words["programmers"], () => setMode("multiple-document"))] : []),
  ];

  const back = button(words["back"], () => setMode("single-document"), { hidden: true });
  const bar = make(
    "nav", { className: "closing-kit-bar", ariaLabel: words["kit"], lang: language },
    menu(words["pages"], pageEntries), menu(words["view"], viewEntries, "Aa"), make("span", { className: "closing-kit-space" }),
    back, menu(words["help"], helpEntries), button(words["quit"], () => askToQuit()),
  );
  const waiting = make("p", { className: "closing-kit-waiting", role: "status", lang: language, textContent: words["preparing"] });
  document.body.prepend(bar, waiting);
  new ResizeObserver(() => window.dispatchEvent(new Event("resize"))).observe(bar); // what is below it is laid out by JupyterLab

  function setMode(wanted) {
    app.shell.mode = wanted;
    if (wanted === "single-document" && !shown?.isPage) void openStart();
  }

  // --- Text size and theme

  const size = () => localStorage.getItem("closing-kit-text") ?? "1";

  function setSize(chosen) {
    localStorage.setItem("closing-kit-text", chosen);
    document.documentElement.style.setProperty("--closing-kit-text", SIZES[chosen] ?? "1");
  }

  const followsSystem = () => app.commands.isToggled("apputils:adaptive-theme");
  const theme = () => (followsSystem() ? "system" : Object.keys(THEMES).find(name => THEMES[name] === document.body.dataset.jpThemeName));

  async function setTheme(chosen) {
    if ((chosen === "system") !== followsSystem()) {
      await app.commands.execute("apputils:adaptive-theme");
      await new Promise(done => setTimeout(done, 600)); // JupyterLab saves it first, and takes up the theme that it had before
    }
    if (chosen !== "system") await app.commands.execute("apputils:change-theme", { theme: THEMES[chosen] });
  }

  // --- Help and Quit

  function ask(title, inside, ...buttons) {
    const heading = make("h2", { id: "closing-kit-asked", textContent: title });
    const asked = make("dialog", { className: "closing-kit-dialog", lang: language, onclose: () => asked.remove() }, heading, ...inside, make("p", {}, ...buttons));
    asked.setAttribute("aria-labelledby", heading.id);
    document.body.append(asked);
    asked.showModal();
    return asked;
  }

  function showAbout() {
    const asked = ask(words["how"], ["1", "2", "3", "4"].map(line => make("p", { textContent: words[`about.${line}`] })), button(words["about.close"], () => asked.close()));
  }

  function askToQuit() {
    const said = make("p", { role: "status", textContent: words["quitting.text"] });
    const yes = button(words["quitting.yes"], async () => {
      yes.disabled = true;
      try {
        await quit();
      } catch {
        said.textContent = words["quitting.failed"];
      }
    });
    const no = button(words["quitting.no"], () => asked.close());
    const asked = ask(words["quitting.title"], [said], yes, no);
    no.focus();
  }

  // All that was typed is with its kernel before that ends; notebooks that are no pages are saved as JupyterLab does.
  async function quit() {
    const kernels = [...app.shell.widgets("main")].map(panel => panel.sessionContext?.session?.kernel).filter(Boolean);
    const heard = Promise.all(kernels.map(kernel => kernel.requestKernelInfo()));
    await Promise.race([heard.catch(() => {}), new Promise(done => setTimeout(done, 5000))]);
    if (app.commands.isEnabled("docmanager:save-all")) await app.commands.execute("docmanager:save-all");
    const { token, baseUrl: server } = app.serviceManager.serverSettings;
    const headers = { "Authorization": `token ${token}`, "X-XSRFToken": document.cookie.match(/\b_xsrf=([^;]*)/)?.[1] ?? "" };
    const answer = await fetch(`${server}api/shutdown`, { method: "POST", headers });
    if (!answer.ok) throw new Error(answer.statusText);
    location.replace(URL.createObjectURL(new Blob([closedPage()], { type: "text/html" })));
  }

  function closedPage() {
    const [before, command, after] = words["closed.how"].split("`");
    const main = make(
      "main", {},
      make("h1", { textContent: words["closed.title"] }), make("p", { textContent: words["closed.text"] }),
      make("p", {}, before, make("code", { textContent: command }), after),
    );
    const style = ":root{color-scheme:light dark}body{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:12vh auto;padding:0 1.5rem}";
    return `<!DOCTYPE html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${words["closed.title"]}</title><style>${style}</style>${main.outerHTML}`;
  }

  // --- Keys, clicks and links

  document.body.addEventListener("keydown", event => {
    if (!isKits() || event.target.closest(".cm-editor")) return;
    event.stopPropagation(); // no key is a command of JupyterLab
    if (event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey)) event.preventDefault(); // all is saved as it is typed
  });

  document.body.addEventListener("dblclick", event => {
    if (isKits() && event.target.closest(".jp-MarkdownCell")) event.stopPropagation(); // it marks a word, and shows no source
  }, true);

  // A link to a page opens it without loading all anew, unless it is to be opened elsewhere.
  const pathIn = link => (link?.origin === location.origin ? link.pathname.match(FILE)?.[1] : undefined);
  const isElsewhere = event => event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;

  document.addEventListener("click", event => {
    if (isElsewhere(event) && pathIn(event.target.closest?.("a[href]"))) event.stopPropagation(); // JupyterLab would open it here
  }, true);

  document.addEventListener("click", event => {
    const link = event.target.closest?.("a[href]");
    const path = pathIn(link);
    if (!path || event.defaultPrevented || isElsewhere(event) || link.target) return;
    event.preventDefault();
    void open(decodeURIComponent(path));
  });

  // In text, a link to a page has the address of the page, and not that of its file.
  const { contents } = app.serviceManager;
  const addressOfFile = contents.getDownloadUrl.bind(contents);
  contents.getDownloadUrl = async path => (isKits() && path.endsWith(".ipynb") ? address(path) : addressOfFile(path));

  setSize(size());
  app.shell.modeChanged.connect(() => {
    mode = app.shell.mode;
    apply();
  });
  new MutationObserver(nameTab).observe(document.head, { childList: true, subtree: true, characterData: true });
  apply();
  void app.restored.then(async () => {
    mode = app.shell.mode;
    apply();
    const path = location.pathname.match(FILE)?.[1];
    if (path && !shown) await contents.get(decodeURIComponent(path), { content: false }).catch(openStart); // there is no such page
  });

  return {
    get isKits() { return isKits(); },

    // Shows a panel of JupyterLab that came to the top: a page of the kit, or something else.
    show(panel, name, again) {
      if (name && shown?.panel !== panel) hushed.observe(panel.node, { attributeFilter: ["aria-label"], subtree: true });
      void panel?.revealed?.then(() => waiting.remove());
      shown = panel && { panel, name, again, isPage: name !== undefined };
      apply();
    },

    // Closing a page leads to the start page.
    closed(panel) {
      if (shown?.panel === panel) shown = null;
      if (isKits() && !app.shell.currentWidget) void openStart();
    },
  };
}
