"""From arrivals to the people present: the cohorts, the forecast, its calibration and look-back."""
