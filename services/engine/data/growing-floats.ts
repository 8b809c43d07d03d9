/** Floats of a number not known beforehand, in memory that doubles. */
export class GrowingFloats {
  private values = new Float32Array(4096);
  private length = 0;

  push(more: readonly number[]): void {
    if (this.length + more.length > this.values.length) {
      const larger = new Float32Array(Math.max(2 * this.values.length, this.length + more.length));
      larger.set(this.values.subarray(0, this.length));
      this.values = larger;
    }
    this.values.set(more, this.length);
    this.length += more.length;
  }

  /** All of them, in memory of their own. */
  take(): Float32Array<ArrayBuffer> {
    return this.values.slice(0, this.length);
  }
}
