// What the page does on its own: event wiring of our HTML, the reading panel, copying, theme, confirmation, Gradio's few English labels.
window.hoidap = (() => {
  const LABELS = { "More tabs": "Thêm thẻ", "Close": "Đóng", "Remove": "Bỏ chọn", "Clear": "Xóa", "Loading": "Đang tải" };
  let opener = null;      // the button that opened the panel: focus goes back to it
  let closePanel = null;

  // Clicks on [data-do=name] inside `element` become the Gradio event `name`, with the button's data-* as its data.
  function wire(element, trigger, names) {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (!button || !names.includes(button.dataset.do)) return;
      if (button.dataset.confirm && !button.dataset.agreed) return confirmFirst(button);
      delete button.dataset.agreed;
      if (button.dataset.do === "open_article") opened(button);
      trigger(button.dataset.do, { ...button.dataset });
    });
  }

  function opened(button) {
    if (!button.closest(".reader")) opener = button;     // an article opened from another: Escape still leads back to the list
    document.querySelectorAll("[data-do=open_article][aria-expanded]").forEach((b) => b.removeAttribute("aria-expanded"));
    button.setAttribute("aria-expanded", "true");
  }

  function panelShown(element, close) {
    closePanel = close;
    const reader = element.querySelector(".reader");
    document.body.classList.toggle("reading", Boolean(reader));
    if (!reader) return;
    reader.focus({ preventScroll: true });
    const mark = reader.querySelector("mark.cited");
    const box = reader.closest("#reader-panel");
    box.scrollTop = 0;
    if (mark) {
      const bar = reader.querySelector(".reader-bar");
      const top = mark.getBoundingClientRect().top - box.getBoundingClientRect().top;
      const bottom = top + mark.offsetHeight;             // title and date stay in sight where the sentence is too
      if (bottom > box.clientHeight - 24) box.scrollTop = top - bar.offsetHeight - box.clientHeight / 4;
    }
  }

  function shutPanel() {
    if (!document.querySelector(".reader") || !closePanel) return;
    closePanel();
    document.body.classList.remove("reading");
    if (opener && opener.isConnected) {
      opener.removeAttribute("aria-expanded");
      opener.focus();
    }
  }

  // Keeps the newest question in sight while its answer grows.
  function follow(element) {
    const last = [...element.querySelectorAll(".exchange")].pop();
    if (!last) return;
    const composer = document.getElementById("composer").offsetHeight;
    const fits = last.offsetHeight < innerHeight - composer - 30;
    last.style.scrollMarginBottom = `${composer + 16}px`;
    requestAnimationFrame(() => last.scrollIntoView({ block: fits ? "nearest" : "start" }));
  }

  async function copyText(button) {
    const text = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch {                                   // plain http on a local network has no clipboard API
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const label = button.textContent;
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = label; }, 1500);
  }

  function confirmFirst(button) {
    const dialog = document.createElement("dialog");
    dialog.className = "confirm";
    const question = Object.assign(document.createElement("p"), { textContent: button.dataset.confirm });
    const name = Object.assign(document.createElement("p"), { textContent: button.dataset.name || "", className: "name" });
    const row = Object.assign(document.createElement("div"), { className: "row" });
    const keep = Object.assign(document.createElement("button"), { textContent: button.dataset.keep || "Giữ lại", type: "button", autofocus: true });
    const agree = Object.assign(document.createElement("button"), { textContent: button.dataset.agree || "Đồng ý", type: "button", className: "danger" });
    keep.onclick = () => dialog.close();
    agree.onclick = () => { dialog.close(); button.dataset.agreed = "1"; button.click(); };
    dialog.onclose = () => { dialog.remove(); if (button.isConnected) button.focus(); };
    row.append(keep, agree);
    dialog.append(question, name, row);
    document.body.append(dialog);
    dialog.showModal();
  }

  function setTheme(dark) {
    document.body.classList.toggle("dark", dark);
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
  }

  function startTheme() {
    const asked = new URLSearchParams(location.search).get("__theme") || localStorage.getItem("hoidap-theme");
    if (asked === "dark" || asked === "light") setTheme(asked === "dark");
  }

  // Gradio's own toasts are English and tell one of two things: a file beyond the limit, or no answer from the program.
  function translate(root) {
    for (const node of root.querySelectorAll?.("[aria-label], [title]") ?? []) {
      for (const name of ["aria-label", "title"]) {
        const word = LABELS[node.getAttribute(name)];
        if (word) node.setAttribute(name, word);
      }
    }
    const toast = document.querySelector(".toast-body:not([data-seen])");
    if (!toast) return;
    toast.dataset.seen = "1";
    document.body.classList.remove("sending");
    document.body.classList.add(/exceed/.test(toast.textContent) ? "file-too-large" : "connection-lost");
    setTimeout(() => document.body.classList.remove("file-too-large"), 10000);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches("[data-copy]")) copyText(button);
    if (button?.matches("[data-close]")) shutPanel();
    if (button?.matches("[data-filters]")) button.setAttribute("aria-expanded", document.body.classList.toggle("filters-open"));
    if (button?.matches("[data-reload]")) location.reload();
    if (button?.matches("[data-theme]")) {
      const dark = !document.body.classList.contains("dark");
      localStorage.setItem("hoidap-theme", dark ? "dark" : "light");
      setTheme(dark);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) shutPanel();
  });
  document.addEventListener("DOMContentLoaded", () => {
    document.addEventListener("change", (event) => {
      if (event.target.matches("#upload-row input[type=file]")) document.body.classList.add("sending");
    }, true);
    new MutationObserver(() => { if (document.documentElement.lang !== "vi") document.documentElement.lang = "vi"; })
      .observe(document.documentElement, { attributeFilter: ["lang"] });   // Gradio sets the locale it falls back to: English
    new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => node.nodeType === 1 && translate(node.parentElement ?? node))))
      .observe(document.body, { childList: true, subtree: true });
  });
  return { wire, panelShown, follow, startTheme };
})();
