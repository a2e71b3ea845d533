// Which parts a view is made of.
import { drawAgenda } from "./agenda.js";
import { drawCentre } from "./centre.js";
import { drawCompare, drawReading, drawTake, drawTeams } from "./coach.js";
import { drawFoot } from "./foot.js";
import { drawGrid } from "./grid.js";
import { drawHead } from "./head.js";
import { drawLines } from "./lines.js";
import { drawLobby } from "./lobby.js";
import { make } from "./make.js";
import { drawRemote } from "./remote.js";
import { drawSide } from "./side.js";
import { drawWall } from "./wall.js";

// Lines of a move stand at the buttons that make the moves; they push nothing away.
const NEAR = new Set(["undo", "redo", "closing"]);

/** The kind of screen: wall, remote, grid, lobby, table or run; of a coach teams, reading, compare or take. */
export function kindOf(view) {
  if (view.wall) return "wall";
  if (view.coach) return view.coach.screen;
  const [kind] = (view.key ?? "").split(":");
  if (kind === "remote" || kind === "table") return kind;
  if (view.grid) return "grid";
  return view.lobby ? "lobby" : "run";
}

function drawRun(board, view, lines) {
  const near = lines.filter(({ id }) => NEAR.has(id));
  const others = lines.filter(({ id }) => !NEAR.has(id));
  const columns = [drawCentre(board, view.centre, near.length ? drawLines(board, near) : null), drawSide(board, view.side), drawAgenda(board, view.agenda)];
  const shape = ["centre", view.side && "side", view.agenda?.length && "agenda"].filter(Boolean).join(" ");
  return [drawHead(board, view.head), drawLines(board, others), make("div", { class: "mira-b-columns", key: "columns", data: { shape } }, columns)];
}

/** A coach's screen: what stands under the head is the coach's own. */
const ofCoach = (draw) => (board, view, lines) => [drawHead(board, view.head), drawLines(board, lines), draw(board, view.coach)];

const SCREENS = {
  wall: (board, view, lines) => [drawWall(board, view, lines)],
  remote: drawRemote,
  // The form below has the main button.
  table: (board, { head }, lines) => [drawHead(board, { ...head, buttons: head.buttons.map((one) => ({ ...one, main: false })) }), drawLines(board, lines)],
  grid: (board, view, lines) => [drawHead(board, view.head), drawLines(board, lines), drawGrid(board, view.grid), view.side ? drawSide(board, view.side) : null],
  lobby: (board, view, lines) => [drawHead(board, view.head), drawLines(board, lines), drawLobby(board, view)],
  run: drawRun,
  teams: ofCoach(drawTeams),
  reading: ofCoach(drawReading),
  compare: ofCoach(drawCompare),
  take: ofCoach(drawTake),
};

/** The whole tree of a view. */
export function drawScreen(board, view, lines) {
  const kind = kindOf(view);
  const foot = kind === "wall" || kind === "table" ? null : drawFoot(view.foot);
  return make("div", { class: `mira-b-screen mira-b-${kind}-screen`, key: kind }, SCREENS[kind](board, view, lines), foot);
}
