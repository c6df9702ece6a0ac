package io.parley.bench.subject;

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

/** The CPU time and memory allocations of the server and its PostgreSQL so far. CPU time needs Linux. */
public final class ProcessUsage implements AutoCloseable {
    /** Linux reports CPU time in ticks of 10 ms (proc(5), USER_HZ). */
    private static final double TICK_MILLIS = 10;

    private final long parley;
    private final long postmaster;
    private final JMXConnector connector;
    private final ThreadMXBean threads;

    /**
     * @param parley process id of the server
     * @param postmaster process id of its PostgreSQL
     */
    public ProcessUsage(long parley, long postmaster) throws IOException {
        this.parley = parley;
        this.postmaster = postmaster;
        this.connector = connect(parley);
        this.threads = ManagementFactory.newPlatformMXBeanProxy(
                connector.getMBeanServerConnection(), ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    }

    @SuppressWarnings("BanJNDI") // the address belongs to a process that the benchmark started
    private static JMXConnector connect(long process) throws IOException {
        try {
            var jvm = VirtualMachine.attach(String.valueOf(process));
            return JMXConnectorFactory.connect(new JMXServiceURL(jvm.startLocalManagementAgent()));
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
                // For the postmaster, include the time of its children that have ended.
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

    // The second field is the name in parentheses, which may contain spaces and parentheses.
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
