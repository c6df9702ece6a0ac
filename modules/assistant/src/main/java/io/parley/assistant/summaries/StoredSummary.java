package io.parley.assistant.summaries;

import io.parley.contracts.assistant.Summary;
import io.parley.contracts.messages.BranchDigest;

/** @param digest of the messages that it covers, as they were when it was made */
public record StoredSummary(Summary summary, BranchDigest digest) {
    public boolean isByModel() {
        return summary.kind() == Summary.Kind.MODEL;
    }
}
