/*
 * Keeps what is shown of Spark applications up to date for as long as there may be news: the boxes on a build page, from
 * JSON, and the rows of the page of all, from the HTML of the template that made the first ones. The texts are written by
 * strangers: they are set as text here, and escaped by the template.
 */
(function () {
  "use strict";

  const BUSY_MILLIS = 4000;
  const IDLE_MILLIS = 20000;
  const LONGEST_MILLIS = 60000;

  function setText(element, text) {
    if (element.textContent !== text) {
      element.textContent = text;
    }
  }

  function element(name, className) {
    const made = document.createElement(name);
    made.className = className;
    return made;
  }

  function makeBox(id) {
    const heading = element("div", "spark-application__heading");
    heading.append(
      element("span", "spark-application__title"),
      element("span", "spark-application__status jenkins-badge"),
    );
    const box = element("div", "spark-application");
    box.dataset.id = id;
    box.append(heading, element("dl", "spark-application__facts"));
    return box;
  }

  function isWebLink(href) {
    return typeof href === "string" && /^https?:\/\//i.test(href);
  }

  function fillValue(value, fact) {
    if (!isWebLink(fact.href)) {
      setText(value, fact.text);
      return;
    }
    let link = value.querySelector("a");
    if (!link) {
      link = document.createElement("a");
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      value.replaceChildren(link);
    }
    link.href = fact.href;
    setText(link, fact.text);
  }

  function fillFacts(list, facts) {
    while (list.children.length < 2 * facts.length) {
      list.append(document.createElement("dt"), document.createElement("dd"));
    }
    while (list.children.length > 2 * facts.length) {
      list.lastElementChild.remove();
    }
    facts.forEach((fact, index) => {
      setText(list.children[2 * index], fact.label);
      fillValue(list.children[2 * index + 1], fact);
    });
  }

  function fillBox(box, application) {
    box.dataset.style = application.style;
    setText(box.querySelector(".spark-application__title"), application.title);
    setText(box.querySelector(".spark-application__status"), application.status);
    fillFacts(box.querySelector(".spark-application__facts"), application.facts);
  }

  function showBoxes(root, overview) {
    root.dataset.empty = overview.boxes.length === 0;
    setText(root.querySelector(".spark-applications__heading"), overview.heading || "");
    root.querySelector(".spark-applications__all").classList.toggle("jenkins-hidden", overview.boxes.length < 2);
    const container = root.querySelector(".spark-applications__boxes");
    const known = new Map(Array.from(container.children, (box) => [box.dataset.id, box]));
    overview.boxes.forEach((application, index) => {
      const box = known.get(application.id) || makeBox(application.id);
      known.delete(application.id);
      fillBox(box, application);
      if (container.children[index] !== box) {
        container.insertBefore(box, container.children[index] || null);
      }
    });
    known.forEach((box) => box.remove());
  }

  function whenVisible(action) {
    if (!document.hidden) {
      action();
      return;
    }
    const look = () => {
      if (!document.hidden) {
        document.removeEventListener("visibilitychange", look);
        action();
      }
    };
    document.addEventListener("visibilitychange", look);
  }

  /** Makes an element look like another, and leaves alone what is alike: a selection, the focus, opened details. */
  function adapt(shown, fresh) {
    if (shown.isEqualNode(fresh)) {
      return;
    }
    if (shown.nodeName !== fresh.nodeName) {
      shown.replaceWith(fresh);
      return;
    }
    if (shown.nodeType !== Node.ELEMENT_NODE) {
      shown.nodeValue = fresh.nodeValue;
      return;
    }
    Array.from(fresh.attributes).forEach((attribute) => {
      if (shown.getAttribute(attribute.name) !== attribute.value) {
        shown.setAttribute(attribute.name, attribute.value);
      }
    });
    const children = Array.from(fresh.childNodes);
    if (shown.childNodes.length !== children.length) {
      shown.textContent = "";
      children.forEach((child) => shown.append(child));
      return;
    }
    Array.from(shown.childNodes).forEach((child, index) => adapt(child, children[index]));
  }

  function showRows(root, answer) {
    [".spark-applications__heading", ".spark-applications__not-kept"].forEach((name) =>
      setText(root.querySelector(name), answer.querySelector(name).textContent),
    );
    const table = root.querySelector(".spark-applications-table");
    const known = new Map(Array.from(table.tBodies[0].rows, (row) => [row.dataset.id, row]));
    const added = Array.from(answer.querySelectorAll(".spark-application-row")).filter((row) => {
      const shown = known.get(row.dataset.id);
      if (shown) {
        adapt(shown, row);
      }
      return !shown;
    });
    if (added.length > 0) {
      added.forEach((row) => table.tBodies[0].append(row));
      if (table.sortable) {
        table.sortable.refresh();
      }
    }
  }

  /** The first row that may change, or else the one that will come next. */
  function firstOpenRow(root) {
    const rows = Array.from(root.querySelectorAll(".spark-application-row"));
    const number = (row) => Number(row.dataset.number);
    const open = rows.filter((row) => row.dataset.settled !== "true").map(number);
    return open.length > 0
      ? open.reduce((a, b) => Math.min(a, b))
      : rows.map(number).reduce((a, b) => Math.max(a, b), 0) + 1;
  }

  function followBoxes(root) {
    follow(root, () => root.dataset.url, "application/json", (text) => {
      const overview = JSON.parse(text);
      showBoxes(root, overview);
      return overview;
    });
  }

  function followRows(root) {
    let next = null;
    follow(root, () => root.dataset.url + (next || firstOpenRow(root)) + "/", "text/html", (text) => {
      const answer = new DOMParser().parseFromString(text, "text/html").querySelector(".spark-applications-rows");
      if (!answer) {
        return { active: false };
      }
      showRows(root, answer);
      next = answer.dataset.next;
      return { active: next || answer.dataset.active === "true", busy: next || answer.dataset.busy === "true" };
    });
  }

  /**
   * Asks again and again.
   *
   * @param url gives the URL to ask
   * @param show shows an answer, and tells whether there may be more (active) and whether soon (busy)
   */
  function follow(root, url, type, show) {
    let failures = 0;

    function next(millis) {
      setTimeout(() => whenVisible(refresh), millis);
    }

    function again() {
      failures += 1;
      next(Math.min(BUSY_MILLIS * 2 ** failures, LONGEST_MILLIS));
    }

    function refresh() {
      fetch(url(), { cache: "no-store", headers: { Accept: type } })
        .then((response) => {
          if ([401, 403, 404].includes(response.status)) {
            return null;
          }
          if (!response.ok) {
            throw new Error("HTTP " + response.status);
          }
          return response.text();
        })
        .then((text) => {
          if (text === null) {
            return;
          }
          const news = show(text);
          failures = 0;
          if (news.active) {
            next(news.busy ? BUSY_MILLIS : IDLE_MILLIS);
          }
        })
        .catch(again);
    }

    next(root.dataset.busy === "true" ? BUSY_MILLIS : IDLE_MILLIS);
  }

  function start() {
    document.querySelectorAll(".spark-applications[data-active='true']").forEach(followBoxes);
    document.querySelectorAll(".spark-applications-page[data-active='true']").forEach(followRows);
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
