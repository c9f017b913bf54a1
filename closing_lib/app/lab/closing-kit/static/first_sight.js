// What is seen first of a page: "getting ready" in place of its form, what teaches folded away under its heading, and links
// from page to page that say what is to be chosen there, such as 04_follow_up.ipynb#thank_you:7.
const LINK = /^#([a-z_]+)(?::(\d+))?$/;

export function firstSight(app) {
  let wanted = location.hash; // what the link that led here names, until its page takes it up

  // What opens with an address is put together unseen, and shown as soon as it is known what it is; at the latest after a while.
  function openUnseen() {
    if (!location.pathname.includes("/tree/")) return;
    document.body.classList.add("closing-kit-opening");
    setTimeout(() => reveal(), 15000);
  }

  function reveal(notebook) {
    document.body.classList.remove("closing-kit-opening");
    notebook?.toolbar?.show();
  }

  // The tools of a notebook, were they there first, would move the page up when they go.
  function hideTools(panel) {
    if (document.body.classList.contains("closing-kit-opening")) panel?.toolbar?.hide();
  }

  // Folds what teaches, and shows that the form is on its way.
  function arrange(panel, { preparing }) {
    const cells = panel.content.widgets;
    const part = cell => cell.model.getMetadata("closing_kit")?.part;
    const first = cells.find(cell => cell.model.type === "code");
    first?.addClass("closing-kit-first");
    first?.node.append(Object.assign(document.createElement("p"), { className: "closing-kit-preparing", textContent: preparing }));
    let section = null;
    for (const cell of cells) {
      if (part(cell) === "heading") section = sectionUnder(cell);
      else if (part(cell) === "folded") section?.take(cell);
      else if (cell.model.type === "code") cell.addClass("closing-kit-awaited");
    }
  }

  function sectionUnder(heading) {
    const inside = [];
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: heading.model.sharedModel.source.replace(/^#+ /, "") });
    const title = document.createElement("h2");
    const show = isOpen => {
      button.setAttribute("aria-expanded", isOpen);
      for (const node of inside) {
        node.hidden = isOpen ? false : "until-found"; // the browser's own search looks inside
        node.querySelector(".cm-content")?.setAttribute("aria-label", button.textContent); // code that is read has a name too
      }
    };
    button.addEventListener("click", () => show(button.getAttribute("aria-expanded") === "false"));
    button.dataset.lmSuppressShortcuts = "true";
    title.className = "closing-kit-fold";
    title.append(button);
    heading.addClass("closing-kit-heading");
    heading.node.prepend(title);
    const take = ({ node }) => {
      inside.push(node);
      node.addEventListener("beforematch", () => show(true));
      node.addEventListener("closing-kit-open", () => show(true));
      node.hidden = "until-found";
    };
    show(false);
    return { take };
  }

  // What a page is to choose when it begins; taken once.
  function takeLink() {
    const link = LINK.test(wanted) ? wanted.slice(1) : "";
    wanted = "";
    return link;
  }

  // Shows what a link names on a page that has run: a part of it, or what its forms choose.
  function show(panel, link, execute) {
    if (!link) return;
    const part = panel.node.querySelector(`.ck-${CSS.escape(link)}`);
    if (part) part.closest(".jp-Cell").dispatchEvent(new Event("closing-kit-open"));
    else execute(panel, `from closing_lib.forms.base.watch import follow; follow(${JSON.stringify(link)})`);
    const form = part ?? panel.node.querySelector(".closing-kit-first .ck-live");
    form?.scrollIntoView({ block: part ? "start" : "center" });
    form?.querySelector(":is(input, select, button):enabled")?.focus({ preventScroll: true });
  }

  // What a link names is for the page that it leads to, be that the one it is on.
  function heedLinks(showAgain) {
    document.addEventListener("click", event => {
      const link = event.target.closest?.(".closing-kit-page a[href]");
      if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      wanted = link.hash;
      if (!link.hash || link.pathname !== location.pathname) return;
      event.preventDefault();
      showAgain();
    }, true);
  }

  return { openUnseen, hideTools, reveal, arrange, takeLink, show, heedLinks };
}
