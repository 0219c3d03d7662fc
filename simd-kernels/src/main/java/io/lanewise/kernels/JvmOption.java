package io.lanewise.kernels;

import java.lang.reflect.Method;

/** What the JVM was told, or decided by itself. */
public final class JvmOption {

    private JvmOption() {}

    /** Returns an option's value, or null where the JVM has no management modules: they are not worth requiring. */
    public static String value(String name) {
        try {
            Class<?> bean = Class.forName("com.sun.management.HotSpotDiagnosticMXBean");
            Method beanOf = Class.forName("java.lang.management.ManagementFactory").getMethod("getPlatformMXBean",
                    Class.class);
            Object option = bean.getMethod("getVMOption", String.class).invoke(beanOf.invoke(null, bean), name);
            return (String) option.getClass().getMethod("getValue").invoke(option);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
