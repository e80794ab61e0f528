/** One broken part must not take the rest of the desk with it. */

import { Component, type ReactNode } from "react";
import { LanguageContext } from "../context";

export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  static override contextType = LanguageContext;
  declare context: React.ContextType<typeof LanguageContext>;
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    const { words } = this.context;
    return (
      <div className="desk-broken" role="alert">
        <p>{words.unreadable}</p>
        <button type="button" className="button" onClick={() => this.setState({ broken: false })}>
          {words.tryAgain}
        </button>
      </div>
    );
  }
}
