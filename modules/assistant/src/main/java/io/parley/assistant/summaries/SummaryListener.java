package io.parley.assistant.summaries;

import io.parley.assistant.models.Generation;
import io.parley.contracts.assistant.Summary.Usage;

/** Follows a summary while a model writes it, and can stop that. */
public interface SummaryListener {
    /** A request begins; cancel it to stop. */
    void onRequest(Generation request);

    /** The usage of a request, also if it failed. */
    void onUsage(Usage usage);

    /** Whether the summary is no longer needed. */
    boolean isStopped();
}
