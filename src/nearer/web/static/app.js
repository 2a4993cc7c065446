// What every page shares. No page needs it to be usable; it makes things smoother.
(function () {
  "use strict";
  const csrf = document.querySelector('meta[name="csrf"]').content;

  const nearer = {
    /** Send form fields to this app; resolves with the response. */
    post(url, fields) {
      return fetch(url, {
        method: "POST",
        headers: { "X-CSRF-Token": csrf, "HX-Request": "true" },
        body: new URLSearchParams(fields || {}),
      });
    },
    /** Say something to a screen reader. */
    say(text) {
      const live = document.getElementById("live");
      live.textContent = "";
      requestAnimationFrame(() => { live.textContent = text; });
    },
  };
  window.nearer = nearer;

  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRF-Token"] = csrf;
  });
  // Sentences about what went wrong are shown where the answer would have been.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status >= 400) event.detail.shouldSwap = true;
  });

  // "Leave this page": put everything away, then take the place of this page, so that Back does not lead here.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-exit]");
    if (!link) return;
    event.preventDefault();
    fetch("/leave", { method: "POST", headers: { "X-CSRF-Token": csrf }, keepalive: true, redirect: "manual" })
      .catch(() => undefined)
      .finally(() => location.replace(link.href));
  });

  // A form that takes a while says so, and cannot be sent twice.
  document.addEventListener("submit", (event) => {
    const button = event.target.querySelector('button[type="submit"][data-busy]');
    if (button) {
      button.setAttribute("aria-disabled", "true");
      button.textContent = button.dataset.busy;
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest('button[aria-disabled="true"]')) event.preventDefault();
    if (event.target.closest("[data-print]")) window.print();
  });
})();
