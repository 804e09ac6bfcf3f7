// One form at a door: its times, what depends on the result, the signature, the place; and what it becomes when saved.
import { small } from "./photo";
import { Signature } from "./signature";

const SECONDS = 1000;

/** Shanghai needs no zone here: the moment travels in UTC and the server knows its clock. */
const now = (): string => new Date(Math.floor(Date.now() / SECONDS) * SECONDS).toISOString();

const clock = (moment: string): string => {
  const at = new Date(moment);
  return `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
};

/** A form of the page with what only the phone knows. */
export class DoorForm {
  private readonly signature: Signature | undefined;
  private cameAt = "";
  private place: [string, string] | undefined;
  /** Pictures of an entry that is being corrected: a form cannot be given them back. */
  private carried: [string, Blob][] = [];
  /** The entry that this one takes the place of. */
  replaces = "";

  constructor(readonly form: HTMLFormElement) {
    const canvas = form.querySelector("canvas");
    this.signature = canvas ? new Signature(canvas) : undefined;
    form.querySelector("[data-arrive]")?.addEventListener("click", () => this.arrive(true));
    form.querySelector("[data-wipe]")?.addEventListener("click", () => this.signature?.clear());
    form.querySelector("[data-place]")?.addEventListener("click", () => this.locate());
    form.addEventListener("change", () => this.follow());
    this.follow();
  }

  get stop(): string {
    return this.form.dataset["stop"] ?? "";
  }

  /** The moment somebody came: when he said so, else when the door was opened on the phone. */
  arrive(again = false): void {
    if (this.cameAt && !again) return;
    this.cameAt = now();
    const shown = this.form.querySelector("[data-came]");
    if (shown) shown.textContent = clock(this.cameAt);
  }

  /** All that is sent; the key is ours, so that it is done once. */
  async fields(key: string): Promise<[string, string | Blob][]> {
    this.arrive();
    const sent: [string, string | Blob][] = [["key", key], ["stop", this.stop], ["kind", this.form.dataset["kind"] ?? ""]];
    sent.push(["came_at", this.cameAt]);
    if (this.form.dataset["kind"] !== "SKIP") sent.push(["left_at", now()]);
    for (const [name, value] of new FormData(this.form)) {
      if (value instanceof File) {
        if (value.size > 0) sent.push([name, await small(value)]);
      } else if (value.trim() !== "") sent.push(...spread(name, value));
    }
    const drawn = await this.signature?.picture();
    if (drawn) sent.push(["signature", drawn]);
    for (const [name, picture] of this.carried) {
      if (!sent.some(([taken]) => taken === name)) sent.push([name, picture]);
    }
    // Without a signature nobody signed, whatever is chosen above the empty glass.
    const signed = sent.some(([name]) => name === "signature") ? sent : sent.filter(([name]) => !name.startsWith("signer"));
    if (this.place) signed.push(["latitude", this.place[0]], ["longitude", this.place[1]]);
    return signed;
  }

  /** Whether an entry was made with this form. */
  made(fields: [string, string | Blob][]): boolean {
    const said = new Map(fields);
    const notice = this.form.querySelector<HTMLInputElement>("input[name=notice]");
    const same = said.get("stop") === this.stop && said.get("kind") === this.form.dataset["kind"];
    return same && (!notice || notice.value === said.get("notice"));
  }

  /** Put a refused entry back to be corrected; the next save takes its place. */
  refill(key: string, fields: [string, string | Blob][]): void {
    this.reset();
    const said = new Map(fields.filter((field): field is [string, string] => typeof field[1] === "string"));
    said.set("way", `${said.get("method") ?? ""} ${said.get("result") ?? ""}`);
    for (const control of this.form.elements) {
      if (control instanceof HTMLInputElement && control.type === "radio") control.checked = said.get(control.name) === control.value;
      else if (control instanceof HTMLInputElement && control.type === "file") continue;
      else if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement || control instanceof HTMLTextAreaElement) {
        control.value = said.get(control.name) ?? control.value;
      }
    }
    this.carried = fields.filter((field): field is [string, Blob] => typeof field[1] !== "string");
    this.cameAt = said.get("came_at") ?? "";
    this.replaces = key;
    const shown = this.form.querySelector("[data-came]");
    if (shown && this.cameAt) shown.textContent = clock(this.cameAt);
    this.follow();
  }

  /** As it was before; the times begin anew. */
  reset(): void {
    this.form.reset();
    this.signature?.clear();
    this.cameAt = this.replaces = "";
    this.carried = [];
    this.place = undefined;
    for (const shown of this.form.querySelectorAll("[data-came], [data-place-state]")) shown.textContent = "";
    this.follow();
  }

  /**
   * A promised day is asked for with a promise only, a relation of everybody but the owner: `data-when="name=one|another"`.
   * What the server would refuse to do without is asked for at the door, where it can still be had: `data-needed`.
   */
  private follow(): void {
    const chosen = new FormData(this.form);
    const holds = (rule: string | undefined): boolean => {
      const [name, values] = (rule ?? "").split("=", 2);
      return (values ?? "").split("|").includes(String(chosen.get(name ?? "") ?? ""));
    };
    for (const part of this.form.querySelectorAll<HTMLElement>("[data-when]")) part.hidden = !holds(part.dataset["when"]);
    for (const field of this.form.querySelectorAll<HTMLInputElement>("[data-needed]")) {
      const carried = this.carried.some(([name]) => name === field.name);
      field.required = !carried && holds(field.dataset["needed"]);
    }
  }

  private locate(): void {
    const shown = this.form.querySelector<HTMLElement>("[data-place-state]");
    const tell = (text: string | undefined): void => {
      if (shown) shown.textContent = text ?? "";
    };
    if (!navigator.geolocation) return tell(shown?.dataset["none"]);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        this.place = [coords.latitude.toFixed(4), coords.longitude.toFixed(4)];
        tell(shown?.dataset["kept"]);
      },
      () => tell(shown?.dataset["none"]),
      { maximumAge: 60_000, timeout: 10_000 },
    );
  }
}

/** One choice of the hand-over is two fields: how, and what came of it. */
function spread(name: string, value: string): [string, string][] {
  if (name !== "way") return [[name, value]];
  const [method, result] = value.split(" ", 2);
  return [["method", method ?? ""], ["result", result ?? ""]];
}
