// The two names the kernel connection takes from the index of @jupyterlab/services.
export { ServerConnection } from "@jupyterlab/services/lib/serverconnection.js";
export { CommsOverSubshells } from "@jupyterlab/services/lib/kernel/comm.js";
