package greenlet.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house rules that a machine can check. It lives in the last module, which sees all the others. */
@AnalyzeClasses(packages = "greenlet", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] CORE = {"greenlet", "greenlet.internal..", "greenlet.host.."};
    private static final String[] JDK_INTERNALS = {"jdk.internal..", "sun..", "java.lang.classfile.."};

    /** Modules in reading order, each depending only on those above it. */
    @ArchTest
    static final ArchRule modules_dependOnlyOnThoseAbove = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("greenlet..")
            .layer("core")
            .definedBy(CORE)
            .layer("hub")
            .definedBy("greenlet.hub..")
            .layer("lab")
            .definedBy("greenlet.lab..")
            .optionalLayer("bench")
            .definedBy("greenlet.bench..")
            .optionalLayer("examples")
            .definedBy("greenlet.examples..")
            .whereLayer("hub")
            .mayOnlyBeAccessedByLayers("lab", "bench", "examples")
            .whereLayer("lab")
            .mayOnlyBeAccessedByLayers("bench", "examples")
            .whereLayer("bench")
            .mayOnlyBeAccessedByLayers("examples")
            .whereLayer("examples")
            .mayNotBeAccessedByAnyLayer();

    /** What touches the JDK's insides sits in one package of core and one of hub; the benchmarks measure the floor itself. */
    @ArchTest
    static final ArchRule jdkInternals_areTouchedInTwoPackagesOnly = noClasses()
            .that(DescribedPredicate.not(
                    resideInAnyPackage("greenlet.internal..", "greenlet.hub.internal..", "greenlet.bench..")))
            .should()
            .dependOnClassesThat(resideInAnyPackage(JDK_INTERNALS));

    /** Libraries are for the lab and the examples: core and hub have no run-time dependency. */
    @ArchTest
    static final ArchRule coreAndHub_useTheJdkOnly = classes()
            .that(resideInAnyPackage("greenlet", "greenlet.internal..", "greenlet.host..", "greenlet.hub.."))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "greenlet..", "java..", "javax.net..", "jdk..", "sun..", "org.jspecify.annotations.."));

    @ArchTest
    static final ArchRule packages_haveNoCycles =
            slices().matching("greenlet.lab.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packages_areNamedForAnIdea =
            noClasses().should().resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..manager..");

    @ArchTest
    static final ArchRule publicClasses_areFinalOrSealedOrForExtension = classes()
            .that(resideInAnyPackage("greenlet", "greenlet.host", "greenlet.hub"))
            .and()
            .arePublic()
            .and()
            .areNotInterfaces()
            .and()
            .areNotAssignableTo(Throwable.class)
            .should(beFinalOrSealed());

    @ArchTest
    static final ArchRule nothing_printsStackTraces =
            noClasses().should().callMethod(Throwable.class, "printStackTrace");

    @ArchTest
    static final ArchRule onlyTheLauncher_exitsTheJvm = noClasses()
            .that()
            .resideOutsideOfPackage("greenlet.lab.cli..")
            .and()
            .doNotHaveFullyQualifiedName("greenlet.lab.fork.Rehearsal") // a class archive is written on the way out
            .should()
            .callMethod(System.class, "exit", int.class);

    private static com.tngtech.archunit.lang.ArchCondition<JavaClass> beFinalOrSealed() {
        return com.tngtech.archunit.lang.ArchCondition.from(DescribedPredicate.describe(
                "be final or sealed",
                (JavaClass type) -> type.getModifiers().contains(JavaModifier.FINAL)
                        || type.reflect().isSealed()));
    }
}
