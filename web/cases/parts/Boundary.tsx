/** One broken part must not take the page with it. */

import { Component, type ReactNode } from "react";

export class Boundary extends Component<{ text: string; children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <p role="alert" className="trouble">{this.props.text}</p> : this.props.children;
  }
}
