# What the tests against Spark need: Java, and Spark as PyPI has it.

spark_version=4.3.0

# need_spark : names Spark in WIDEN_SPARK, fetched into a folder of the build the first time.
need_spark() {
  need_packages java:openjdk-17-jre-headless python3:python3
  if [ -n "${WIDEN_SPARK:-}" ]; then return; fi
  local folder=$root/.build/spark
  if [ ! -x "$folder/bin/spark-submit" ]; then
    need_packages python3-venv
    say "fetching Spark $spark_version (450 MB, once)"
    if ! quietly python3 -m venv "$folder" ||
      ! quietly "$folder/bin/pip" install --no-deps "pyspark==$spark_version"; then
      rm -rf "$folder"
      stop "Spark could not be fetched" \
        "WIDEN_SPARK names the folder of one that is there: the one that holds bin and jars"
    fi
  fi
  WIDEN_SPARK=$(echo "$folder"/lib/python3*/site-packages/pyspark)
  export WIDEN_SPARK
}
