// Reports the browser's time zone to the server in a cookie, so that times are shown in it.

const NAME = "time-zone";
const YEAR = 365 * 24 * 60 * 60; // seconds

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const cookie = `${NAME}=${zone}`;
if (zone && !document.cookie.split("; ").includes(cookie)) {
  const path = document.querySelector(".brand").pathname; // the library's path, a prefix of all others
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${cookie}; path=${path}; max-age=${YEAR}; samesite=lax${secure}`;
}
