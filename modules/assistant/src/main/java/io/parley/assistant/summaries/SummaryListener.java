package io.parley.assistant.summaries;

import io.parley.assistant.models.Generation;
import io.parley.contracts.assistant.Summary.Usage;

/** Follows a summary while a model writes it, and can stop that. */
public interface SummaryListener {
    /** A request begins; cancel it to stop. */
    void onRequest(Generation request);

    /** What a request has cost, also if it failed. */
    void onUsage(Usage usage);

    /** Whether nobody wants the summary any more. */
    boolean isStopped();
}
