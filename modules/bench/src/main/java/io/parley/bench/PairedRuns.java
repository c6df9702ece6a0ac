package io.parley.bench;

import io.parley.bench.load.Operation;
import io.parley.bench.load.RequestMix;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * Measures one operation on two servers in turn.
 *
 * @param pairs how often each of them is measured
 * @param time of each measurement
 */
record PairedRuns(int pairs, Duration time) {
    /** @param other what the ratios are to */
    void print(Operation operation, RequestMix load, RequestMix otherLoad, String other) {
        load.warm(operation);
        otherLoad.warm(operation);
        var ratios = new double[pairs];
        // The order alternates, so that a machine that becomes faster or slower favours neither.
        for (int pair = 0; pair < pairs; pair++)
            ratios[pair] = pair % 2 == 0 ? ratio(operation, load, otherLoad) : 1 / ratio(operation, otherLoad, load);
        Arrays.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "%-18s %.3f times the requests/s of %s (half of %d pairs between %.3f and %.3f)%n",
                operation.title,
                ratios[pairs / 2],
                other,
                pairs,
                ratios[pairs / 4],
                ratios[pairs * 3 / 4]);
    }

    private double ratio(Operation operation, RequestMix first, RequestMix second) {
        return perSecond(first, operation) / perSecond(second, operation);
    }

    private double perSecond(RequestMix load, Operation operation) {
        return load.atFullLoad(operation, time).allSucceeded().perSecond();
    }
}
