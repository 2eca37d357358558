package io.jenkins.plugins.sparkk8s.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SparkConfTest {
    private static final ConfigOption<String> BASE =
            ConfigOption.string("spark.test.base").build();
    private static final ConfigOption<Integer> BASE_WITH_DEFAULT =
            ConfigOption.integer("spark.test.baseWithDefault").defaultsTo("3").build();

    @Test
    void takesValueThenFallbackThenDefault() {
        ConfigOption<Integer> option = ConfigOption.integer("spark.test.own")
                .fallsBackTo(BASE_WITH_DEFAULT)
                .defaultsTo("5")
                .build();

        assertThat(SparkConf.empty().get(option)).isEqualTo(5);
        assertThat(SparkConf.empty().with(BASE_WITH_DEFAULT, "7").get(option)).isEqualTo(7);
        assertThat(SparkConf.empty()
                        .with(BASE_WITH_DEFAULT, "7")
                        .with(option, "9")
                        .get(option))
                .isEqualTo(9);
    }

    @Test
    void takesDefaultOfFallbackWhenThereIsNoOwn() {
        assertThat(SparkConf.empty().get(CoreOptions.INITIAL_EXECUTORS)).isZero();
    }

    @Test
    void followsFallbacksOverSeveralSteps() {
        ConfigOption<String> middle =
                ConfigOption.string("spark.test.middle").fallsBackTo(BASE).build();
        ConfigOption<String> top =
                ConfigOption.string("spark.test.top").fallsBackTo(middle).build();

        assertThat(SparkConf.empty().with(BASE, "x").find(top)).contains("x");
    }

    @Test
    void doesNotTakeDefaultForValueOfTheUser() {
        assertThat(SparkConf.empty().find(BASE_WITH_DEFAULT)).isEmpty();
    }

    @Test
    void refusesToMakeUpValueWithoutDefault() {
        assertThatThrownBy(() -> SparkConf.empty().get(BASE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("spark.test.base has no default");
    }

    @Test
    void blamesKeyThatHoldsTheWrongValueAndNotTheOneThatFallsBack() {
        SparkConf conf = SparkConf.empty().with(CoreOptions.MIN_EXECUTORS, "few");

        assertThatThrownBy(() -> conf.get(CoreOptions.INITIAL_EXECUTORS))
                .hasMessageContaining("'few' of spark.dynamicAllocation.minExecutors");
    }

    @Test
    void cutsPrefixAndLeavesOutPrefixItselfAndNeighbours() {
        SparkConf conf = SparkConf.of(Map.of(
                "spark.hadoop.fs.a", "1",
                "spark.hadoop.dfs.b", "2",
                "spark.hadoop.", "nothing after it",
                "spark.hadoop", "shorter",
                "spark.hadoopx.c", "other",
                "spark.i", "after"));

        assertThat(conf.withPrefix("spark.hadoop.")).containsExactly(Map.entry("dfs.b", "2"), Map.entry("fs.a", "1"));
        assertThat(conf.withPrefix("spark.none.")).isEmpty();
    }

    @Test
    void staysAsItWasWhenSomethingIsAddedOrRemoved() {
        Map<String, String> source = new HashMap<>(Map.of("spark.a", "1"));
        SparkConf conf = SparkConf.of(source);
        source.put("spark.b", "2");
        SparkConf more = conf.with("spark.a", "3").withAll(Map.of("spark.c", "4"));

        assertThat(conf.toMap()).containsOnly(Map.entry("spark.a", "1"));
        assertThat(more.toMap()).containsOnly(Map.entry("spark.a", "3"), Map.entry("spark.c", "4"));
        assertThat(more.without("spark.a").contains("spark.a")).isFalse();
        assertThat(more.contains("spark.a")).isTrue();
        assertThatThrownBy(() -> conf.toMap().put("spark.x", "y")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void showsNoValueAsText() {
        assertThat(SparkConf.of(Map.of("spark.password", "hunter2")))
                .hasToString("SparkConf with 1 properties")
                .isEqualTo(SparkConf.empty().with("spark.password", "hunter2"));
    }

    @Test
    void keepsTheMarkOfASecretUntilItIsTakenOut() {
        SparkConf conf = SparkConf.of(Map.of("spark.a", "1")).withSecrets(Map.of("spark.b", "2"));

        assertThat(conf.secretKeys()).containsExactly("spark.b");
        assertThat(conf.with("spark.b", "3").secretKeys()).containsExactly("spark.b");
        assertThat(conf.withAll(Map.of("spark.c", "3")).secretKeys()).containsExactly("spark.b");
        assertThat(conf.without("spark.b").secretKeys()).isEmpty();
        assertThat(conf).isNotEqualTo(SparkConf.of(Map.of("spark.a", "1", "spark.b", "2")));
    }
}
