// The file can be dropped on its form, and its name is shown.
(function () {
  "use strict";
  const form = document.getElementById("drop");
  const input = document.getElementById("file");
  const chosen = document.getElementById("chosen");
  form.querySelector(".dropword").hidden = false;
  const show = () => { chosen.textContent = input.files.length ? "Chosen: " + input.files[0].name : ""; };
  input.addEventListener("change", show);
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => { event.preventDefault(); form.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) {
    form.addEventListener(name, (event) => { event.preventDefault(); form.classList.remove("over"); });
  }
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    show();
    form.requestSubmit();
  });
  form.addEventListener("submit", () => { chosen.textContent = "Taking the file in …"; });
})();
