package io.vmkit.qmp.session;

/** How far a QMP conversation has come. It only ever moves forward. */
public enum SessionState {
  /** Connected; the peer has not yet said what it is. */
  CONNECTING,
  /** The greeting is here; capabilities are being agreed on. */
  NEGOTIATING,
  /** Commands may be sent and events arrive. */
  RUNNING,
  /** Over, by our close, by the peer's, or by a breach of the protocol. */
  CLOSED
}
