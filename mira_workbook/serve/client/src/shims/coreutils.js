// What the kernel connection needs of @jupyterlab/coreutils: joining addresses and three page options.
const base = () => new URL(document.documentElement.dataset.base || "/", location.href).href;

export const URLExt = {
  join: (first, ...rest) =>
    rest.reduce((url, part) => `${url.replace(/\/+$/, "")}/${part.replace(/^\/+/, "")}`, first),
  normalize: (url) => url && new URL(url, location.href).href,
  getHostName: (url) => new URL(url, location.href).hostname,
};

export const PageConfig = {
  getBaseUrl: base,
  getWsUrl: () => base().replace(/^http/, "ws"),
  getToken: () => "",
  getOption: () => "",
};
