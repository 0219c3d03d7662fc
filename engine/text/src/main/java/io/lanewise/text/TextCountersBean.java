package io.lanewise.text;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

import io.lanewise.LanewiseException;

/** A model's counters as JMX sees them, under the names that were asked for. */
final class TextCountersBean implements TextCountersMXBean {

    private static final double NANOS = 1e6;

    private final Supplier<TextCounters> counters;
    private final List<ObjectName> names = new ArrayList<>();
    private boolean closed;

    TextCountersBean(Supplier<TextCounters> counters) {
        this.counters = counters;
    }

    /** Shows the counters; a model that is closed already would never be taken back. */
    synchronized void register(String name) {
        if (closed) {
            throw new IllegalStateException("a model must not be shown after it is closed: name=" + name);
        }
        try {
            ObjectName full = new ObjectName("io.lanewise:type=TextModel,name=" + ObjectName.quote(name));
            ManagementFactory.getPlatformMBeanServer().registerMBean(this, full);
            names.add(full);
        } catch (InstanceAlreadyExistsException e) {
            throw new LanewiseException("a bean's name must be its own: name=" + LanewiseException.quote(name), e);
        } catch (MalformedObjectNameException e) {
            throw new LanewiseException("a bean's name must be a name of JMX: name=" + LanewiseException.quote(name),
                    e);
        } catch (JMException e) {
            throw new IllegalStateException("a bean must be registered: name=" + name, e);
        }
    }

    /** Takes all names back, for good: the server would hold the bean, and its class loader with it. */
    synchronized void close() {
        closed = true;
        for (ObjectName name : names) {
            try {
                ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
            } catch (InstanceNotFoundException gone) {
                continue; // somebody else has done it
            } catch (JMException e) {
                throw new IllegalStateException("a bean must be taken back: name=" + name, e);
            }
        }
        names.clear();
    }

    @Override
    public long getCalls() {
        return counters.get().calls();
    }

    @Override
    public long getTexts() {
        return counters.get().texts();
    }

    @Override
    public long getTokens() {
        return counters.get().tokens();
    }

    @Override
    public long getRuns() {
        return counters.get().runs();
    }

    @Override
    public double getQueueMillis() {
        return counters.get().queueNanos() / NANOS;
    }

    @Override
    public double getComputeMillis() {
        return counters.get().computeNanos() / NANOS;
    }

    @Override
    public int getWaiting() {
        return counters.get().waiting();
    }

    @Override
    public int getSessionsInUse() {
        return counters.get().sessionsInUse();
    }

    @Override
    public int getSessions() {
        return counters.get().sessions();
    }

    @Override
    public long getWorkspaceBytes() {
        return counters.get().workspaceBytes();
    }

    @Override
    public String getKernels() {
        return counters.get().kernels();
    }
}
