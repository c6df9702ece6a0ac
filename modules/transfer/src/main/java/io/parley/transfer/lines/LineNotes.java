package io.parley.transfer.lines;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was changed or left out of one line so that it could be stored. */
public final class LineNotes {
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    public void add(String what) {
        add(what, 1);
    }

    public void add(String what, int times) {
        if (times > 0) counts.merge(what, times, Integer::sum);
    }

    public void clear() {
        counts.clear();
    }

    /** One sentence for each kind of change. */
    public List<String> details() {
        return counts.entrySet().stream()
                .map(each -> each.getValue() == 1 ? each.getKey() : each.getKey() + " (" + each.getValue() + " times)")
                .toList();
    }
}
