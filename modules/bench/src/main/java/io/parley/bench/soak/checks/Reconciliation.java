package io.parley.bench.soak.checks;

import io.parley.bench.soak.traffic.Account;
import io.parley.bench.soak.traffic.Ledger;
import io.parley.bench.soak.traffic.Listing;
import io.parley.bench.soak.traffic.Turns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares what was acknowledged with what the API lists. */
public final class Reconciliation {
    private static final int EXAMPLES = 20;

    private final Listing listing;
    private final List<String> examples = new ArrayList<>();
    private long compared;
    private long lost;
    private long changed;
    private long unexpected;

    public Reconciliation(Listing listing) {
        this.listing = listing;
    }

    public List<Check> compare(List<Account> accounts) {
        accounts.forEach(this::compare);
        return List.of(
                new Check("acknowledged, but not stored", 0, lost),
                new Check("stored otherwise than acknowledged", 0, changed),
                new Check("stored, but never acknowledged or twice", 0, unexpected));
    }

    /** Items that were compared. */
    public long compared() {
        return compared;
    }

    public List<String> examples() {
        return examples;
    }

    private void compare(Account account) {
        var ledger = account.ledger();
        var titles = new LinkedHashMap<String, String>();
        ledger.conversations().forEach((id, talk) -> titles.put(id, talk.title()));
        var listed = listing.conversations(account);
        compare("conversation", ledger, titles, listed, false);
        compare("task", ledger, ledger.tasks(), listing.tasks(account), false);
        ledger.conversations().forEach((id, talk) -> {
            if (listed.containsKey(id))
                compare("message", ledger, talk.messages(), listing.messages(account, id), talk.isChat());
        });
    }

    /** @param more whether the list may have more: what the assistant wrote in a turn that was not followed to its end */
    private void compare(
            String kind, Ledger ledger, Map<String, String> acknowledged, Map<String, String> listed, boolean more) {
        acknowledged.forEach((id, text) -> {
            if (ledger.doubts(id)) return;
            compared++;
            if (!listed.containsKey(id)) lost += example("lost: " + kind + " " + id + " " + text);
            else if (!text.equals(listed.get(id)))
                changed += example("changed: " + kind + " " + id + " " + text + " is " + listed.get(id));
        });
        listed.forEach((id, text) -> {
            if (!acknowledged.containsKey(id) && !ledger.doubts(id) && !more && !isPossible(ledger, text))
                unexpected += example("unexpected: " + kind + " " + id + " " + text);
        });
    }

    private static boolean isPossible(Ledger ledger, String text) {
        return ledger.mayHave(text) || text.startsWith(Turns.PREFIX);
    }

    private int example(String text) {
        if (examples.size() < EXAMPLES) examples.add(text);
        return 1;
    }
}
