package io.lanewise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The tree of packages is the one that the README beside the modules draws: it is read from there. */
class PackageTreeTest {

    private static final Path PICTURE = Path.of("..", "README.md");
    private static final String ROOT = "io.lanewise";

    /** May be said on every floor. */
    private static final Set<String> EVERYWHERE = Set.of(ROOT + ".LanewiseException", ROOT + ".EmptyAttention");

    /** Packages that know of kernels no more than the functions that a graph may ask for. */
    private static final Set<String> ABOVE_NUMBERS = Set.of("graph", "layers", "reference");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

    @Test
    void shouldHaveNoArrowThatThePictureLacks() throws IOException {
        assertEquals(Set.of(), strangers(picture()));
    }

    @Test
    void shouldHaveEveryArrowOfThePicture() throws IOException {
        Map<String, Set<String>> drawn = picture();
        arrows().forEach((from, targets) -> drawn.get(from).removeAll(targets.keySet()));
        drawn.values().removeIf(Set::isEmpty);
        assertEquals(Map.of(), drawn, "arrows that nothing needs");
    }

    @Test
    void shouldDrawNoCircle() throws IOException {
        Map<String, Set<String>> drawn = picture();
        for (String name : drawn.keySet()) {
            assertFalse(below(name, drawn).contains(name), "a circle leads back to " + name);
        }
    }

    @Test
    void shouldFindAnArrowTheWrongWay() throws IOException {
        Map<String, Set<String>> turned = picture();
        turned.get("runtime").remove("plan");
        turned.get("plan").add("runtime");
        assertTrue(strangers(turned).stream().anyMatch(stranger -> stranger.startsWith("runtime -> plan: ")));
    }

    @Test
    void shouldNameNothingOfKernelsAboveThemButActivations() {
        assertEquals(Set.of(), named(ABOVE_NUMBERS, target -> packageOf(target).startsWith("kernels")
                && !target.getSimpleName().equals("Activation")));
    }

    @Test
    void shouldNameTheVectorApiInOnePackage() {
        assertEquals(Set.of("kernels.simd"), packages(users(target -> target.getName().startsWith("jdk.incubator"))));
    }

    @Test
    void shouldReachPastTheJdkInOneClass() {
        assertEquals(1, users(target -> target.getName().equals("org.agrona.UnsafeApi")).size());
    }

    // ---------------------------------------------------------------- arrows

    /** Returns the arrows that lead neither where the picture draws one nor to what lies below that. */
    private static Set<String> strangers(Map<String, Set<String>> drawn) {
        Set<String> strangers = new TreeSet<>();
        arrows().forEach((from, targets) -> targets.forEach((to, example) -> {
            if (!below(from, drawn).contains(to)) {
                strangers.add(from + " -> " + to + ": " + example);
            }
        }));
        return strangers;
    }

    /** Returns, by package, the packages that its classes name, each with one place that does. */
    private static Map<String, Map<String, String>> arrows() {
        Map<String, Map<String, String>> arrows = new TreeMap<>();
        for (JavaClass from : CLASSES) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                JavaClass to = dependency.getTargetClass().getBaseComponentType();
                boolean counts = to.getPackageName().startsWith(ROOT) && !EVERYWHERE.contains(to.getName())
                        && !packageOf(from).equals(packageOf(to));
                if (counts) {
                    arrows.computeIfAbsent(packageOf(from), _ -> new TreeMap<>()).putIfAbsent(packageOf(to),
                            dependency.getDescription());
                }
            }
        }
        return arrows;
    }

    private static Set<String> below(String name, Map<String, Set<String>> drawn) {
        Set<String> below = new LinkedHashSet<>();
        List<String> open = new ArrayList<>(drawn.getOrDefault(name, Set.of()));
        while (!open.isEmpty()) {
            String next = open.removeLast();
            if (below.add(next)) {
                open.addAll(drawn.getOrDefault(next, Set.of()));
            }
        }
        return below;
    }

    /** Reads lines such as {@code planner → graph, plan}; {@code api} is the package whose name is the root's. */
    private static Map<String, Set<String>> picture() throws IOException {
        Map<String, Set<String>> drawn = new TreeMap<>();
        for (String line : Files.readAllLines(PICTURE)) {
            String[] sides = line.strip().split(" +→ ");
            if (line.startsWith("    ") && sides.length == 2) {
                for (String from : sides[0].split(", ")) {
                    drawn.computeIfAbsent(from.strip(), _ -> new TreeSet<>()).addAll(List.of(sides[1].split(", ")));
                }
            }
        }
        return drawn;
    }

    private static String packageOf(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1) : name.equals(ROOT) ? "api" : name;
    }

    // ---------------------------------------------------------------- classes

    private interface Named {
        boolean test(JavaClass target);
    }

    /** Returns the classes, outermost ones, that name a class of some kind. */
    private static Set<JavaClass> users(Named kind) {
        Set<JavaClass> users = new LinkedHashSet<>();
        for (JavaClass from : CLASSES) {
            if (from.getDirectDependenciesFromSelf().stream()
                    .anyMatch(dependency -> kind.test(dependency.getTargetClass().getBaseComponentType()))) {
                users.add(outermost(from));
            }
        }
        return users;
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(PackageTreeTest::outermost).orElse(type);
    }

    private static Set<String> packages(Set<JavaClass> classes) {
        Set<String> packages = new TreeSet<>();
        classes.forEach(type -> packages.add(packageOf(type)));
        return packages;
    }

    private static Set<String> named(Set<String> packages, Named kind) {
        Set<String> found = new TreeSet<>();
        for (JavaClass user : users(kind)) {
            if (packages.contains(packageOf(user))) {
                found.add(user.getName());
            }
        }
        return found;
    }
}
