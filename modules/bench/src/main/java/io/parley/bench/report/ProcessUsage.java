package io.parley.bench.report;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What processes have used so far; of the CPU on Linux only. */
public final class ProcessUsage implements AutoCloseable {
    /** Clock ticks of 10 ms, as every Linux counts them for programs (proc(5), USER_HZ). */
    private static final double TICK_MILLIS = 10;

    private final long parley;
    private final long postmaster;
    private final JMXConnector connector;
    private final ThreadMXBean threads;

    /**
     * @param parley the process of the server
     * @param postmaster that of its PostgreSQL
     */
    public ProcessUsage(long parley, long postmaster) throws IOException {
        this.parley = parley;
        this.postmaster = postmaster;
        this.connector = connect(parley);
        this.threads = ManagementFactory.newPlatformMXBeanProxy(
                connector.getMBeanServerConnection(), ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    }

    @SuppressWarnings("BanJNDI") // the address is that of a process which was started here
    private static JMXConnector connect(long process) throws IOException {
        try {
            var machine = VirtualMachine.attach(String.valueOf(process));
            return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        } catch (AttachNotSupportedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public record Sample(double serverMillis, double databaseMillis, long allocatedBytes) {
        public Sample since(Sample before) {
            return new Sample(
                    serverMillis - before.serverMillis,
                    databaseMillis - before.databaseMillis,
                    allocatedBytes - before.allocatedBytes);
        }
    }

    public Sample sample() {
        var bytes = Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(each -> each > 0)
                .sum();
        return new Sample(millis(stat(parley), 0), databaseMillis(), bytes);
    }

    private double databaseMillis() {
        return processes()
                .mapToObj(ProcessUsage::stat)
                .filter(fields -> fields.length > 15
                        && (Long.parseLong(fields[0]) == postmaster || Long.parseLong(fields[3]) == postmaster))
                // Of the postmaster's children that have ended as well.
                .mapToDouble(fields -> millis(fields, Long.parseLong(fields[0]) == postmaster ? 2 : 0))
                .sum();
    }

    private static LongStream processes() {
        return ProcessHandle.allProcesses().mapToLong(ProcessHandle::pid);
    }

    private static double millis(String[] fields, int ofChildren) {
        double ticks = 0;
        for (int field = 13; field < 15 + ofChildren; field++) ticks += Long.parseLong(fields[field]);
        return ticks * TICK_MILLIS;
    }

    // The name is the second field, in parentheses, and may hold anything.
    private static String[] stat(long process) {
        try {
            var line = Files.readString(Path.of("/proc/" + process + "/stat"));
            return (process + " x " + line.substring(line.lastIndexOf(')') + 2)).split(" ", -1);
        } catch (IOException gone) {
            return new String[0];
        }
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
