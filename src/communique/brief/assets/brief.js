(function () {
  "use strict";
  var form = document.getElementById("filters");
  if (form) {
    var rows = Array.prototype.slice.call(document.querySelectorAll("table.statements tbody tr"));
    var shown = document.getElementById("shown");
    var value = function (name) { return form.elements[name] ? form.elements[name].value : ""; };
    var apply = function () {
      var speaker = value("speaker"), act = value("act"), outlet = value("outlet"), topic = value("topic");
      var find = value("find").toLowerCase(), count = 0;
      rows.forEach(function (row) {
        var data = row.dataset;
        var fits = (!speaker || data.speaker === speaker) && (!act || data.act === act) &&
          (!outlet || data.outlet === outlet) && (!topic || data.topic.split("|").indexOf(topic) >= 0) &&
          (!find || row.textContent.toLowerCase().indexOf(find) >= 0);
        row.hidden = !fits;
        if (fits) { count += 1; }
      });
      shown.textContent = count === rows.length ? rows.length + " statements" : count + " of " + rows.length + " statements";
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(apply, 0); });
    apply();
  }
  // A link to one statement in a text shows that statement's marks and rests the others.
  var lit = null;
  var light = function () {
    if (lit) {
      lit.classList.remove("lit");
      Array.prototype.forEach.call(lit.querySelectorAll("mark.on"), function (mark) {
        mark.classList.remove("on");
        mark.removeAttribute("data-l");
      });
      lit = null;
    }
    var id = location.hash.slice(1), found = /^(r\d+)-s(\d+)$/.exec(id);
    if (found) {
      lit = document.getElementById(found[1]);
      if (!lit) { return; }
      lit.classList.add("lit");
      Array.prototype.forEach.call(lit.querySelectorAll("mark[data-s]"), function (mark) {
        if (mark.dataset.s.split(" ").indexOf(found[2]) >= 0) { mark.classList.add("on"); }
      });
      return;
    }
    var row = /^s\d+-\d+$/.test(id) && document.getElementById(id);
    if (row && row.hidden && form) { form.reset(); }
  };
  addEventListener("hashchange", light);
  light();
})();
