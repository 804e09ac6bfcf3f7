// Signing on glass: a finger or a pen on a canvas, taken as a PNG.
const WIDTH = 3;

/** One canvas; `blank` until somebody drew. */
export class Signature {
  private drawing = false;
  private drawn = false;

  constructor(private readonly canvas: HTMLCanvasElement) {
    canvas.addEventListener("pointerdown", (event) => this.start(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel", "pointerleave"] as const) {
      canvas.addEventListener(name, () => (this.drawing = false));
    }
  }

  get blank(): boolean {
    return !this.drawn;
  }

  clear(): void {
    this.pen().clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.drawn = false;
  }

  /** The picture; null while nobody signed. */
  picture(): Promise<Blob | null> {
    if (this.blank) return Promise.resolve(null);
    return new Promise((resolve) => this.canvas.toBlob(resolve, "image/png"));
  }

  private start(event: PointerEvent): void {
    event.preventDefault();
    this.fit();
    this.canvas.setPointerCapture(event.pointerId);
    const pen = this.pen();
    const [x, y] = this.at(event);
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x + 0.1, y);
    pen.stroke();
    this.drawing = this.drawn = true;
  }

  private move(event: PointerEvent): void {
    if (!this.drawing) return;
    event.preventDefault();
    const pen = this.pen();
    pen.lineTo(...this.at(event));
    pen.stroke();
  }

  /** As many pixels as it is wide, once: changing the size wipes what was drawn. */
  private fit(): void {
    if (this.drawn) return;
    const { width, height } = this.canvas.getBoundingClientRect();
    this.canvas.width = Math.round(width);
    this.canvas.height = Math.round(height);
  }

  private at(event: PointerEvent): [number, number] {
    const box = this.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  private pen(): CanvasRenderingContext2D {
    const pen = this.canvas.getContext("2d");
    if (!pen) throw new Error("no canvas");
    pen.lineWidth = WIDTH;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = "#000000"; // on paper it is black, whatever the scheme of the screen
    return pen;
  }
}
