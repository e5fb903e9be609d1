// Times are shown in the reader's zone, which only the browser knows: a cookie tells the server with the next request.

const NAME = "time-zone";
const YEAR = 365 * 24 * 60 * 60; // seconds

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const cookie = `${NAME}=${zone}`;
if (zone && !document.cookie.split("; ").includes(cookie)) {
  const path = document.querySelector(".brand").pathname; // the library, below which everything is
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${cookie}; path=${path}; max-age=${YEAR}; samesite=lax${secure}`;
}
