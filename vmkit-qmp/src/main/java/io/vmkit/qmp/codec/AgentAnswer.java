package io.vmkit.qmp.codec;

import com.fasterxml.jackson.databind.JsonNode;

/** What the guest agent sends. {@code toString} is bounded and shows no secrets. */
public sealed interface AgentAnswer {
  /**
   * A command has been carried out.
   *
   * @param value what it returned
   * @param delimited whether a sentinel stood before it, as it does before the answer to {@code
   *     guest-sync-delimited}
   */
  record Return(JsonNode value, boolean delimited) implements AgentAnswer {
    /**
     * {@return whether this answers a sync with the given id}
     *
     * @param id the id that was sent
     */
    public boolean syncs(long id) {
      return delimited && value.isIntegralNumber() && value.longValue() == id;
    }

    @Override
    public String toString() {
      return "return " + Redacted.text(value);
    }
  }

  /**
   * A command has failed.
   *
   * @param kind the error's class
   * @param description the agent's own words
   */
  record Refusal(String kind, String description) implements AgentAnswer {}
}
