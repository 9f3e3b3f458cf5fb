// The page's own script: it sends questions and puts in the parts that the server has rendered.
"use strict";

const find = (id) => document.getElementById(id);
const asked = [];
let article = null; // the fields beyond title and text that a file or an example had
let shown = null;
let running = null;

function headers(type) {
  const token = find("token");
  return token ? { "content-type": type, authorization: `Bearer ${token.value}` } : { "content-type": type };
}

function showProblem(message) {
  find("problem").textContent = message;
  find("problem").hidden = !message;
}

function showArticleForm(isForm) {
  find("source").hidden = !isForm;
  find("change").hidden = isForm;
  find("article").hidden = isForm;
}

function showParts(parts) {
  find("answer").innerHTML = parts.answer; // escaped by the server; the policy allows no script in it
  find("article").innerHTML = parts.article;
  showArticleForm(false);
}

function showAnswer(entry) {
  shown = entry;
  find("asked").textContent = entry.question;
  showParts(entry.parts);
  showProblem("");
  find("forms").hidden = false;
}

function remember(question, parts) {
  const entry = { question, parts };
  asked.push(entry);
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.dir = "auto";
  button.textContent = question;
  button.addEventListener("click", () => { if (!running) showAnswer(entry); });
  item.append(button);
  find("questions").append(item);
  find("history").hidden = false;
  showAnswer(entry);
}

async function problemOf(response) {
  try {
    return (await response.json()).message;
  } catch {
    return `The server answered with ${response.status}.`;
  }
}

async function* eventsOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (buffer + value).split("\n\n");
    buffer = blocks.pop();
    for (const block of blocks) {
      const field = (name) => block.split("\n").filter((line) => line.startsWith(`${name}: `))
        .map((line) => line.slice(name.length + 2)).join("\n");
      if (field("data")) yield [field("event"), JSON.parse(field("data"))];
    }
  }
}

function begin(question) {
  running = new AbortController();
  shown = null;
  showProblem("");
  find("asked").textContent = question;
  find("answer").textContent = "";
  find("forms").hidden = true;
  find("ask").disabled = true;
  find("stop").hidden = false;
}

function end() {
  running = null;
  find("progress").textContent = "";
  find("ask").disabled = false;
  find("stop").hidden = true;
}

async function follow(question) {
  const fields = { ...article, title: find("title").value || null, text: find("text").value };
  const body = JSON.stringify({ article: fields, question });
  const response = await fetch("/stream", { method: "POST", headers: headers("application/json"), body, signal: running.signal });
  if (!response.ok) return showProblem(await problemOf(response));
  for await (const [name, data] of eventsOf(response)) {
    if (name === "progress") find("progress").textContent = data;
    if (name === "parts") showParts(data);
    if (name === "error") return showProblem(`${data.message} What is shown is not a finished answer.`);
    if (name === "answer") return remember(question, data);
  }
  return showProblem("The connection ended before the answer did. What is shown is not a finished answer.");
}

async function ask(event) {
  event.preventDefault();
  if (running) return;
  const question = find("question").value;
  begin(question);
  try {
    await follow(question);
  } catch (error) {
    showProblem(error.name === "AbortError" ? "Stopped. What is shown is not a finished answer." : "The connection to the server broke.");
  }
  end();
}

function fill(fields) {
  article = { ...fields };
  find("title").value = fields.title ?? "";
  find("text").value = fields.text ?? "";
  // A text area makes all line ends the same, so that page numbers no longer fit.
  delete article.pages;
  showArticleForm(true);
}

async function read(file) {
  if (!file) return;
  showProblem("");
  try {
    const url = `/v1/articles?name=${encodeURIComponent(file.name.slice(-100))}`;
    const response = await fetch(url, { method: "POST", headers: headers("application/octet-stream"), body: file });
    if (response.ok) fill(await response.json());
    else showProblem(await problemOf(response));
  } catch {
    showProblem("The file could not be sent.");
  }
}

async function chooseExample(event) {
  if (event.target.value === "") return fill({});
  const { question, ...fields } = (await (await fetch("/static/examples.json")).json())[event.target.value];
  fill(fields);
  find("question").value = question;
}

async function copy() {
  try {
    await navigator.clipboard.writeText(shown.parts.markdown);
    find("progress").textContent = "Copied.";
  } catch {
    showProblem("The browser does not let this page copy; download the page instead.");
  }
}

function download() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([shown.parts.page], { type: "text/html" }));
  link.download = "answer.html";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// A span and its citations light up together.
function light(event) {
  document.querySelectorAll(".active").forEach((element) => element.classList.remove("active"));
  const pointed = event.type === "focusin" || event.type === "mouseover" ? event.target.closest?.("mark, .ref, .back") : null;
  for (const name of pointed?.classList ?? []) {
    const number = /^[cr](\d+)$/.exec(name)?.[1];
    if (number) document.querySelectorAll(`.c${number}, .r${number}`).forEach((element) => element.classList.add("active"));
  }
}

find("form").addEventListener("submit", ask);
find("stop").addEventListener("click", () => running?.abort());
find("copy").addEventListener("click", copy);
find("download").addEventListener("click", download);
find("edit").addEventListener("click", () => showArticleForm(true));
find("example").addEventListener("change", chooseExample);
find("file").addEventListener("change", (event) => read(event.target.files[0]));
for (const name of ["mouseover", "focusin", "focusout"]) document.addEventListener(name, light);
document.addEventListener("dragover", (event) => { event.preventDefault(); find("text").classList.add("dropping"); });
document.addEventListener("dragleave", () => find("text").classList.remove("dropping"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  find("text").classList.remove("dropping");
  read(event.dataTransfer.files[0]);
});
