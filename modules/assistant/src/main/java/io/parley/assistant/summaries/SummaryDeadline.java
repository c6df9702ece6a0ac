package io.parley.assistant.summaries;

import io.parley.assistant.models.Generation;
import io.parley.contracts.assistant.Summary.Usage;
import org.jspecify.annotations.Nullable;

/** Passes everything on to another listener, and stops the requests when their time is over. */
final class SummaryDeadline implements SummaryListener {
    private final SummaryListener listener;
    private @Nullable Generation request;
    private boolean isOver;

    SummaryDeadline(SummaryListener listener) {
        this.listener = listener;
    }

    void end() {
        isOver = true;
        if (request != null) request.cancel();
    }

    @Override
    public void onRequest(Generation begun) {
        request = begun;
        listener.onRequest(begun);
    }

    @Override
    public void onUsage(Usage usage) {
        listener.onUsage(usage);
    }

    @Override
    public boolean isStopped() {
        return isOver || listener.isStopped();
    }
}
