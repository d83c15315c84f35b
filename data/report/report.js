(function () {
  "use strict";
  var items = Array.prototype.slice.call(document.querySelectorAll("li[data-rule]"));
  var rules = document.getElementById("rule"), count = document.getElementById("count");
  var now = -1;
  items.map(function (e) { return e.dataset.rule; })
    .filter(function (r, i, all) { return all.indexOf(r) === i; })
    .sort()
    .forEach(function (r) { rules.add(new Option(r, r)); });
  function visible() {
    return items.filter(function (e) { return !e.classList.contains("hidden"); });
  }
  function filter() {
    var levels = {};
    document.querySelectorAll("[name=level]").forEach(function (b) {
      levels[b.value] = b.checked;
    });
    items.forEach(function (e) {
      var show = levels[e.dataset.level] && (!rules.value || rules.value === e.dataset.rule);
      var mark = document.getElementById("m" + e.id.slice(1));
      e.classList.toggle("hidden", !show);
      if (mark) mark.classList.toggle("off", !show);
    });
    document.querySelectorAll(".block").forEach(function (b) {
      b.classList.toggle("hidden", !b.querySelector("li:not(.hidden)"));
    });
    count.textContent = visible().length + " / " + items.length;
    now = -1;
  }
  function go(step) {
    var all = visible();
    if (!all.length) return;
    items.forEach(function (e) { e.classList.remove("now"); });
    now = (now + step + all.length) % all.length;
    all[now].classList.add("now");
    all[now].focus({ preventScroll: true });
    all[now].scrollIntoView({ block: "center" });
  }
  document.querySelectorAll("[name=level]").forEach(function (b) {
    b.addEventListener("change", filter);
  });
  rules.addEventListener("change", filter);
  document.addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey || /^(SELECT|INPUT)$/.test(e.target.tagName)) return;
    if (e.key === "j" || e.key === "n") go(1);
    else if (e.key === "k" || e.key === "p") go(now < 0 ? 0 : -1);
  });
  filter();
})();
